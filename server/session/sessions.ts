import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Clock, Deps } from '../deps.ts';
import type { AppEnv } from '../http/appEnv.ts';
import { forbidden, unauthenticated } from '../http/problem.ts';
import { browserName } from './browserName.ts';
import { setSessionCookie } from './sessionCookie.ts';
import { sessionView } from './sessionView.ts';
import { issueToken, revokeTokens } from './tokens.ts';
import type { SessionCredential, Viewer } from './viewer.ts';

export type SignedInViewer = Viewer & { via: SessionCredential };

/** The viewer, signed in by session: what concerns an account is nothing for an API token. */
export function requireSession(c: Context<AppEnv>): SignedInViewer {
  const { viewer } = c.var;
  if (!viewer) throw unauthenticated();
  const { via } = viewer;
  if (via.kind !== 'session')
    throw forbidden('session_required', 'An API token can’t do this. Sign in instead.');
  return { ...viewer, via };
}

/**
 * Signs this browser in as the user: a new token, its cookie, and the session to answer with. A session that the browser
 * held before ends.
 */
export async function startSession(c: Context<AppEnv>, deps: Deps, userId: string) {
  const { db, clock, settings } = deps;
  const { viewer } = c.var;
  if (viewer?.via.kind === 'session') await endSession(db, clock, viewer.via.tokenId);
  const user = await db
    .selectFrom('user')
    .select(['id', 'name', 'email'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const lifetimeMs = settings.sessionAbsoluteMs;
  const token = await issueToken(db, clock, {
    kind: 'session',
    userId,
    name: browserName(c.req.header('user-agent')),
    idleMs: settings.sessionIdleMs,
    lifetimeMs,
  });
  const expiresAt = new Date(clock.now() + lifetimeMs).toISOString();
  setSessionCookie(c, settings, token.text, expiresAt);
  const via = { kind: 'session', tokenId: token.id, expiresAt } as const;
  return await sessionView(deps, { userId, name: user.name, email: user.email, via });
}

/** Ends one session. */
export async function endSession(db: Kysely<Database>, clock: Clock, tokenId: string): Promise<void> {
  await revokeTokens(db, clock, 'session').where('id', '=', tokenId).execute();
}

/** Ends all of a user’s sessions, apart from the one to keep where there is one. */
export async function endSessions(
  db: Kysely<Database>,
  clock: Clock,
  userId: string,
  keepTokenId?: string,
): Promise<void> {
  let query = revokeTokens(db, clock, 'session').where('user_id', '=', userId);
  if (keepTokenId !== undefined) query = query.where('id', '!=', keepTokenId);
  await query.execute();
}
