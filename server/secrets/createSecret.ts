import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { may } from '../../contract/permissions.ts';
import { SECRETS_PER_LEVEL } from '../../contract/secrets.ts';
import { Secret, SecretCreate } from '../../contract/secretsApi.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict, refused } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag } from '../http/revision.ts';
import { allow, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { announceSecret, recordTeamSecret } from './announceSecret.ts';
import { requireWorkspaces, storeWorkspaces } from './chosenWorkspaces.ts';
import { requireNewFields } from './secretFields.ts';
import { findSecret, levelKey, valueContext } from './secretRows.ts';

const createSecretRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/secrets',
  tags: ['Secrets'],
  summary: 'Add a secret',
  description:
    'Your own, for your own workspaces, or as an admin the team’s. Replicas get it at their next start. The value can’t be read again.',
  request: { params: TeamParams, body: jsonBody(SecretCreate) },
  responses: { 201: json(Secret, 'The secret, without its value.'), ...problems(401, 403, 404, 409, 422) },
});

export function registerSecretCreation(app: App, deps: Deps): void {
  const { db, clock, bus, secretBox } = deps;

  app.openapi(createSecretRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const wanted = c.req.valid('json');
    const { level } = wanted;
    if (level === 'team') allow(may.manageSecrets(actor));
    const name = requireNewFields(level, wanted);
    const id = newId('sec');
    const sealed = await secretBox.seal(wanted.value, valueContext(id));
    const secret = await db.transaction().execute(async (trx) => {
      const key = levelKey(level, actor.userId);
      await requireRoom(trx, team.id, key, name);
      const chosen = { level, before: [] };
      const workspaceIds = await requireWorkspaces(trx, team.id, chosen, actor, wanted.workspaces);
      const now = new Date(clock.now()).toISOString();
      await trx
        .insertInto('secret')
        .values({
          id,
          team_id: team.id,
          user_id: level === 'team' ? null : actor.userId,
          level_key: key,
          name,
          value_sealed: sealed,
          as_file: wanted.delivery === 'file' ? 1 : 0,
          all_workspaces: workspaceIds === null ? 1 : 0,
          in_previews: wanted.previews ? 1 : 0,
          created_at: now,
          created_by: viewer.userId,
          updated_at: now,
          updated_by: viewer.userId,
        })
        .execute();
      await storeWorkspaces(trx, id, workspaceIds);
      const stored = await findSecret(trx, team.id, actor, id);
      await recordTeamSecret(trx, clock, { teamId: team.id, viewer, secret: stored, deed: 'created' });
      return stored;
    });
    announceSecret(bus, team.id, secret);
    c.header('etag', etag(secret.revision));
    return c.json(secret, 201);
  });
}

async function requireRoom(trx: Kysely<Database>, teamId: string, key: string, name: string): Promise<void> {
  const rows = await trx
    .selectFrom('secret')
    .select('name')
    .where('team_id', '=', teamId)
    .where('level_key', '=', key)
    .execute();
  if (rows.some((row) => row.name === name)) {
    const message = `There is a secret ${name} already. Replace its value, or choose another name.`;
    throw refused([{ path: 'name', code: 'name_taken', message }]);
  }
  if (rows.length >= SECRETS_PER_LEVEL) {
    const whose = key === 'team' ? 'The team has' : 'You have';
    throw conflict(
      'too_many_secrets',
      `${whose} ${SECRETS_PER_LEVEL} secrets, which is as many as there can be. Delete one first.`,
    );
  }
}
