import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { OwnSignIn } from '../../contract/signInProviders.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict, notFound } from '../http/problem.ts';
import { json, noContent, problems } from '../http/responses.ts';
import { NO_PASSWORD } from '../session/account.ts';
import { requireSession } from '../session/sessions.ts';
import { asOffered, offeredProviders } from './offered.ts';
import { requiredProvider } from '../waysIn/passwordsOff.ts';

const read = createRoute({
  method: 'get',
  path: '/api/v1/me/sign-in',
  tags: ['Account'],
  summary: 'By which ways you sign in',
  responses: { 200: json(OwnSignIn, 'Password and linked identities.'), ...problems(401, 403) },
});

const unlink = createRoute({
  method: 'delete',
  path: '/api/v1/me/identities/{identity}',
  tags: ['Account'],
  summary: 'Unlink an identity',
  description: 'Not the last way into the account (409).',
  request: { params: z.object({ identity: z.string() }) },
  responses: { 204: noContent('Unlinked.'), ...problems(401, 403, 404, 409) },
});

export function registerOwnSignIn(app: App, deps: Deps): void {
  const { db } = deps;

  app.openapi(read, async (c) => {
    const { userId } = requireSession(c);
    const providers = await providersOf(db, userId);
    const rows = await identitiesOf(db, userId).orderBy('created_at').orderBy('id').execute();
    const linked = new Set(rows.map(({ issuer }) => issuer));
    const own: OwnSignIn = {
      password: await passwordOf(db, userId),
      identities: rows.map(({ id, issuer, email, last_sign_in_at }) => ({
        id,
        issuer,
        provider: providers.find((provider) => provider.issuer === issuer)?.name ?? null,
        email,
        lastSignInAt: last_sign_in_at,
      })),
      offered: providers.filter(({ issuer }) => !linked.has(issuer)).map(asOffered),
    };
    return c.json(own, 200);
  });

  app.openapi(unlink, async (c) => {
    const { userId } = requireSession(c);
    const { identity } = c.req.valid('param');
    await db.transaction().execute(async (trx) => {
      const rows = await identitiesOf(trx, userId).execute();
      if (!rows.some(({ id }) => id === identity)) throw notFound('identity');
      const offered = new Set((await providersOf(trx, userId)).map(({ issuer }) => issuer));
      const others = rows.filter(({ id, issuer }) => id !== identity && offered.has(issuer));
      if (others.length === 0 && (await passwordOf(trx, userId)) !== 'usable') {
        throw conflict(
          'last_way_in',
          'This is your only way into the account. Ask an admin of your team for a password link first.',
        );
      }
      await trx.deleteFrom('user_identity').where('id', '=', identity).execute();
    });
    return c.body(null, 204);
  });
}

/** The providers of their teams. */
async function providersOf(db: Kysely<Database>, userId: string) {
  const teams = await db.selectFrom('member').select('team_id').where('user_id', '=', userId).execute();
  return await offeredProviders(
    db,
    teams.map(({ team_id }) => team_id),
  );
}

const identitiesOf = (db: Kysely<Database>, userId: string) =>
  db.selectFrom('user_identity').selectAll().where('user_id', '=', userId);

async function passwordOf(db: Kysely<Database>, userId: string): Promise<OwnSignIn['password']> {
  const { password_hash } = await db
    .selectFrom('user')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  if (password_hash === NO_PASSWORD) return 'none';
  return (await requiredProvider(db, userId)) === null ? 'usable' : 'off';
}
