import { createRoute } from '@hono/zod-openapi';
import { Session, SignIn } from '../../contract/session.ts';
import type { Deps, Passwords } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { ProblemError } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { requiredProvider } from '../waysIn/passwordsOff.ts';
import { NO_PASSWORD } from './account.ts';
import { clearSessionCookie } from './sessionCookie.ts';
import { endSession, startSession } from './sessions.ts';
import { countSignIn } from './signInLimit.ts';

const signIn = createRoute({
  method: 'post',
  path: '/api/v1/session',
  tags: ['Session'],
  summary: 'Sign in',
  security: [],
  request: { body: jsonBody(SignIn) },
  responses: { 200: json(Session, 'Signed in; the cookie is set.'), ...problems(401, 403, 422, 429) },
});

const signOut = createRoute({
  method: 'delete',
  path: '/api/v1/session',
  tags: ['Session'],
  summary: 'Sign out of this browser',
  responses: { 204: noContent('Signed out, also when nobody was signed in.'), ...problems(403) },
});

export function registerSignIn(app: App, deps: Deps): void {
  const { db, clock, passwords, settings } = deps;
  const decoy = createDecoy(passwords);

  app.openapi(signIn, async (c) => {
    const { email, password } = c.req.valid('json');
    const attempt = await countSignIn(db, clock, { email, remoteAddress: c.env?.remoteAddress });
    const user = await db
      .selectFrom('user')
      .select(['id', 'password_hash'])
      .where('email', '=', email)
      .executeTakeFirst();
    // The same work and the same words whether the account exists or not, has a password or not, and may use it or not.
    const decoyHash = await decoy();
    const stored = user && user.password_hash !== NO_PASSWORD ? user.password_hash : decoyHash;
    const right = await passwords.verify(stored, password.normalize('NFKC'));
    const elsewhere = await requiredProvider(db, user?.id ?? '');
    if (!user || !right || elsewhere !== null) {
      throw new ProblemError({
        status: 401,
        code: 'wrong_credentials',
        title: 'The email or the password is not right.',
      });
    }
    await attempt.succeeded();
    return c.json(await startSession(c, deps, user.id), 200);
  });

  app.openapi(signOut, async (c) => {
    const { viewer } = c.var;
    if (viewer?.via.kind === 'session') await endSession(db, clock, viewer.via.tokenId);
    clearSessionCookie(c, settings);
    return c.body(null, 204);
  });
}

/** A hash that no password fits. Every sign-in waits for it, so the one that makes it tells nothing either. */
function createDecoy(passwords: Passwords): () => Promise<string> {
  let hash: Promise<string> | null = null;
  return () => (hash ??= passwords.hash(crypto.randomUUID()));
}
