import { createRoute } from '@hono/zod-openapi';
import { LinkToken, Session, Setup } from '../../contract/session.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { addMember, createTeam, createUser, hashPassword, type NewAccount } from './account.ts';
import { openLink, spendLink } from './links.ts';
import { checkNewPassword } from './passwordRules.ts';
import { startSession } from './sessions.ts';

const checkSetup = createRoute({
  method: 'post',
  path: '/api/v1/setup/check',
  tags: ['Setup and links'],
  summary: 'Whether a setup link is good',
  description: 'Doesn’t spend the link.',
  request: { body: jsonBody(LinkToken) },
  responses: { 204: noContent('It is.'), ...problems(403, 404, 422) },
});

const setUp = createRoute({
  method: 'post',
  path: '/api/v1/setup',
  tags: ['Setup and links'],
  summary: 'Set the server up',
  description:
    'Makes the first admin and their team. Works once, with the link that the server prints at its start.',
  request: { body: jsonBody(Setup) },
  responses: { 201: json(Session, 'Done; the first admin is signed in.'), ...problems(403, 404, 409, 422) },
});

export function registerSetup(app: App, deps: Deps): void {
  const { db } = deps;

  app.openapi(checkSetup, async (c) => {
    await openLink(deps, db, 'setup', c.req.valid('json').token);
    return c.body(null, 204);
  });

  app.openapi(setUp, async (c) => {
    const { token, teamName, name, email, password } = c.req.valid('json');
    await openLink(deps, db, 'setup', token);
    checkNewPassword(password, { name, email }, 'password');
    const passwordHash = await hashPassword(deps, password);
    const { userId } = await db.transaction().execute(async (trx) => {
      await spendLink(deps, trx, 'setup', token);
      return await makeFirstAdmin(deps, trx, { name, email, passwordHash }, teamName);
    });
    deps.onSetUp?.();
    return c.json(await startSession(c, deps, userId), 201);
  });
}

/** The first admin and their team; 409 when somebody has an account already. */
export async function makeFirstAdmin(
  { clock }: Pick<Deps, 'clock'>,
  trx: Deps['db'],
  account: NewAccount,
  teamName: string,
): Promise<{ userId: string; teamId: string }> {
  const now = clock.now();
  if (await hasUsers(trx))
    throw conflict('already_set_up', 'This server is set up already. Sign in instead.');
  const userId = await createUser(trx, account, now, 'email');
  const teamId = await createTeam(trx, teamName, now);
  await addMember(trx, { teamId, userId, role: 'admin', now });
  await recordActivity(trx, {
    teamId,
    now,
    actor: { kind: 'user', id: userId, name: account.name },
    action: 'team.created',
    subject: { kind: 'team', id: teamId, name: teamName },
    summary: `Set the server up and created the team ${teamName}.`,
  });
  return { userId, teamId };
}

/** Whether anybody has an account: with the first one, setup is over for good. */
export const hasUsers = async (db: Deps['db']): Promise<boolean> =>
  (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) !== undefined;
