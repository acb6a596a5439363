import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Deps } from './deps.ts';
import type { AppEnv } from './http/appEnv.ts';
import { unauthenticated } from './http/problem.ts';
import { bearerToken } from './http/requestGuards.ts';
import { keepToPreviews, PIPELINE_TOKEN_PREFIX, viewerOfPipeline } from './pipelines/pipelineViewer.ts';
import { sessionCookieName } from './session/sessionCookie.ts';
import { findLiveToken, touchToken } from './session/tokens.ts';
import type { Viewer } from './session/viewer.ts';

/**
 * Puts the viewer on the request. A bearer token wins over the cookie, so that a script’s request never gains what the
 * browser it runs in may do; one that isn’t good is refused at once instead of being treated as nobody.
 */
export const identify =
  (deps: Deps): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    c.set('viewer', await viewerOf(c, deps));
    await next();
  };

async function viewerOf(c: Context<AppEnv>, deps: Deps): Promise<Viewer | null> {
  const bearer = bearerToken(c.req.header('authorization'));
  if (bearer?.startsWith(PIPELINE_TOKEN_PREFIX)) {
    const viewer = await viewerOfPipeline(deps, bearer);
    keepToPreviews(c.req.path, viewer.via);
    return viewer;
  }
  if (bearer !== null) {
    const viewer = await viewerByToken(deps, 'api', bearer);
    if (!viewer) throw unauthenticated('The API token is not valid, or no longer.', 'token_invalid');
    return viewer;
  }
  const cookie = getCookie(c, sessionCookieName(deps.settings));
  return cookie ? await viewerByToken(deps, 'session', cookie) : null;
}

async function viewerByToken(deps: Deps, kind: 'api' | 'session', text: string): Promise<Viewer | null> {
  const { db, clock } = deps;
  const token = await findLiveToken(db, clock, kind, text);
  if (!token || token.user_id === null) return null;
  const user = await db
    .selectFrom('user')
    .select(['id', 'name', 'email'])
    .where('id', '=', token.user_id)
    .executeTakeFirst();
  if (!user) return null;
  const idleMs = kind === 'session' ? deps.settings.sessionIdleMs : undefined;
  if (await touchToken(db, clock, token, idleMs)) {
    await db
      .updateTable('user')
      .set({ last_seen_at: new Date(clock.now()).toISOString() })
      .where('id', '=', user.id)
      .execute();
  }
  const person = { userId: user.id, name: user.name, email: user.email };
  if (kind === 'session') {
    return { ...person, via: { kind: 'session', tokenId: token.id, expiresAt: token.expires_at ?? '' } };
  }
  if (token.team_id === null) return null;
  return {
    ...person,
    via: { kind: 'api-token', tokenId: token.id, tokenName: token.name, teamId: token.team_id },
  };
}
