import { createRoute } from '@hono/zod-openapi';
import { PasswordChange, ProfileChange, Session } from '../../contract/session.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict, refused } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { hashPassword, NO_PASSWORD, userSearch } from './account.ts';
import { revokeResetLinksFor } from './links.ts';
import { checkNewPassword } from './passwordRules.ts';
import { endSessions, requireSession } from './sessions.ts';
import { sessionView } from './sessionView.ts';
import { countSignIn } from './signInLimit.ts';

const changeProfile = createRoute({
  method: 'patch',
  path: '/api/v1/me',
  tags: ['Account'],
  summary: 'Change your name',
  request: { body: jsonBody(ProfileChange) },
  responses: { 200: json(Session, 'The session with the new name.'), ...problems(401, 403, 422) },
});

const changePassword = createRoute({
  method: 'put',
  path: '/api/v1/me/password',
  tags: ['Account'],
  summary: 'Change your password',
  description: 'Signs you out everywhere else.',
  request: { body: jsonBody(PasswordChange) },
  responses: { 204: noContent('Changed.'), ...problems(401, 403, 409, 422, 429) },
});

export function registerMe(app: App, deps: Deps): void {
  const { db, clock, bus, passwords } = deps;

  app.openapi(changeProfile, async (c) => {
    const viewer = requireSession(c);
    const { name } = c.req.valid('json');
    await db
      .updateTable('user')
      .set({ name, search: userSearch({ name, email: viewer.email }) })
      .where('id', '=', viewer.userId)
      .execute();
    const session = await sessionView(deps, { ...viewer, name });
    for (const team of session.teams) bus.publish(team.id, ['team']);
    return c.json(session, 200);
  });

  app.openapi(changePassword, async (c) => {
    const viewer = requireSession(c);
    const { currentPassword, newPassword } = c.req.valid('json');
    // Limited like a sign-in: whoever finds an open browser must not be able to try passwords here.
    const attempt = await countSignIn(db, clock, {
      email: viewer.email,
      remoteAddress: c.env?.remoteAddress,
    });
    const user = await db
      .selectFrom('user')
      .select('password_hash')
      .where('id', '=', viewer.userId)
      .executeTakeFirstOrThrow();
    if (user.password_hash === NO_PASSWORD) {
      const title =
        'This account has no password. Ask an admin of your team for a link with which you set one.';
      throw conflict('no_password', title);
    }
    if (!(await passwords.verify(user.password_hash, currentPassword.normalize('NFKC')))) {
      const message = 'This is not your current password.';
      throw refused([{ path: 'currentPassword', code: 'wrong_password', message }]);
    }
    await attempt.succeeded();
    checkNewPassword(newPassword, viewer, 'newPassword');
    const password_hash = await hashPassword(deps, newPassword);
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('user').set({ password_hash }).where('id', '=', viewer.userId).execute();
      await revokeResetLinksFor(trx, clock, viewer.userId);
      await endSessions(trx, clock, viewer.userId, viewer.via.tokenId);
    });
    return c.body(null, 204);
  });
}
