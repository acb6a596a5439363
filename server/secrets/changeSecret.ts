import { createRoute } from '@hono/zod-openapi';
import { Secret, SecretChange } from '../../contract/secretsApi.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { requireTeam } from '../http/teamAccess.ts';
import { announceSecret, recordTeamSecret } from './announceSecret.ts';
import { requireWorkspaces, storeWorkspaces } from './chosenWorkspaces.ts';
import { requireFields } from './secretFields.ts';
import { findSecret, SecretParams, valueContext } from './secretRows.ts';

const changeSecretRoute = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}/secrets/{secret}',
  tags: ['Secrets'],
  summary: 'Replace a secret’s value, or say where it goes',
  description: 'Replicas get the change at their next start. What they have until then stays as it is.',
  request: { params: SecretParams, headers: IfMatch, body: jsonBody(SecretChange) },
  responses: {
    200: json(Secret, 'The secret as it is now, without its value.'),
    ...problems(401, 404, 412, 422, 428),
  },
});

const deleteSecretRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/secrets/{secret}',
  tags: ['Secrets'],
  summary: 'Delete a secret',
  description: 'Replicas that have it keep it until their next start.',
  request: { params: SecretParams },
  responses: { 204: noContent('It is gone.'), ...problems(401, 404) },
});

export function registerSecretChanges(app: App, deps: Deps): void {
  const { db, clock, bus, secretBox } = deps;

  app.openapi(changeSecretRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const change = c.req.valid('json');
    const { secret: id } = c.req.valid('param');
    const { value } = change;
    const sealed = value === undefined ? undefined : await secretBox.seal(value, valueContext(id));
    const secret = await db.transaction().execute(async (trx) => {
      const stored = await findSecret(trx, team.id, actor, id);
      await matchRevision(c, stored.revision, () => stored);
      requireFields(stored.level, { value, previews: change.previews });
      if (change.workspaces !== undefined) {
        const chosen = { level: stored.level, before: (stored.workspaces ?? []).map((each) => each.id) };
        const ids = await requireWorkspaces(trx, team.id, chosen, actor, change.workspaces);
        await storeWorkspaces(trx, id, ids);
      }
      const next = { ...stored, ...change };
      await trx
        .updateTable('secret')
        .set({
          ...(sealed === undefined ? {} : { value_sealed: sealed }),
          as_file: next.delivery === 'file' ? 1 : 0,
          all_workspaces: next.workspaces === null ? 1 : 0,
          in_previews: next.previews ? 1 : 0,
          revision: stored.revision + 1,
          updated_at: new Date(clock.now()).toISOString(),
          updated_by: viewer.userId,
        })
        .where('id', '=', id)
        .execute();
      const deed = sealed === undefined ? 'changed' : 'replaced';
      await recordTeamSecret(trx, clock, { teamId: team.id, viewer, secret: stored, deed });
      return await findSecret(trx, team.id, actor, id);
    });
    announceSecret(bus, team.id, secret);
    c.header('etag', etag(secret.revision));
    return c.json(secret, 200);
  });

  app.openapi(deleteSecretRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const { secret: id } = c.req.valid('param');
    const secret = await db.transaction().execute(async (trx) => {
      const stored = await findSecret(trx, team.id, actor, id);
      await trx.deleteFrom('secret').where('id', '=', id).execute();
      await recordTeamSecret(trx, clock, { teamId: team.id, viewer, secret: stored, deed: 'deleted' });
      return stored;
    });
    announceSecret(bus, team.id, secret);
    return c.body(null, 204);
  });
}
