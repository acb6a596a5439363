import { createRoute } from '@hono/zod-openapi';
import { PasswordReset, Session } from '../../contract/session.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { passwordsAreOff, requiredProvider } from '../waysIn/passwordsOff.ts';
import { hashPassword } from './account.ts';
import { openLink, spendLink } from './links.ts';
import { checkNewPassword } from './passwordRules.ts';
import { endSessions, startSession } from './sessions.ts';

const acceptReset = createRoute({
  method: 'post',
  path: '/api/v1/password-resets/accept',
  tags: ['Setup and links'],
  summary: 'Set a new password with a reset link',
  description: 'Ends all sessions of the account and signs this browser in.',
  request: { body: jsonBody(PasswordReset) },
  responses: { 200: json(Session, 'Changed and signed in.'), ...problems(403, 404, 409, 422) },
});

export function registerPasswordResets(app: App, deps: Deps): void {
  const { db, clock } = deps;

  app.openapi(acceptReset, async (c) => {
    const { token, newPassword } = c.req.valid('json');
    const link = await openLink(deps, db, 'reset', token);
    const user = await db
      .selectFrom('user')
      .select(['id', 'name', 'email'])
      .where('id', '=', link.user_id ?? '')
      .executeTakeFirst();
    if (!user) throw notFound('account');
    const provider = await requiredProvider(db, user.id);
    if (provider !== null) throw passwordsAreOff(provider);
    checkNewPassword(newPassword, user, 'newPassword');
    const password_hash = await hashPassword(deps, newPassword);
    await db.transaction().execute(async (trx) => {
      await spendLink(deps, trx, 'reset', token);
      await trx.updateTable('user').set({ password_hash }).where('id', '=', user.id).execute();
      await endSessions(trx, clock, user.id);
    });
    return c.json(await startSession(c, deps, user.id), 200);
  });
}
