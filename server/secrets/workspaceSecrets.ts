import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { may } from '../../contract/permissions.ts';
import { WorkspaceSecrets } from '../../contract/secretsApi.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { allow, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { chooseSecrets, secretsOf, secretsVersion } from './given.ts';

const workspaceSecretsRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/secrets',
  tags: ['Secrets'],
  summary: 'Which secrets a workspace’s replicas get',
  description:
    'The names of those they get at their next start, and which of them run with others. The owner’s own are named to the owner only.',
  request: {
    params: TeamParams.extend({
      workspace: z.string().meta({ description: 'The workspace’s id or its name.' }),
    }),
  },
  responses: {
    200: json(WorkspaceSecrets, 'Names, and how each replica stands.'),
    ...problems(401, 403, 404),
  },
});

export function registerWorkspaceSecrets(app: App, { db }: Deps): void {
  app.openapi(workspaceSecretsRoute, async (c) => {
    const { team, actor } = requireTeam(c);
    const workspace = await findWorkspace(db, team.id, c.req.valid('param').workspace);
    allow(may.seeWorkspaceSecrets(actor, { ownerId: workspace.owner_id }));
    const secrets = await secretsOf(db, workspace);
    const seen = chooseSecrets(secrets, workspace.owner_id === actor.userId);
    const versions = {
      withOwn: await secretsVersion(chooseSecrets(secrets, true)),
      without: await secretsVersion(chooseSecrets(secrets, false)),
    };
    const rows = await replicasOf(db, workspace.id);
    const answer: WorkspaceSecrets = {
      items: seen.map(({ name, level, delivery }) => ({ name, level, delivery })),
      replicas: rows.map((row) => {
        const ownSecrets = row.tokenMaker === workspace.owner_id;
        const next = ownSecrets ? versions.withOwn : versions.without;
        return {
          replica: { id: row.id, name: row.name },
          online: row.connection !== null,
          receivedAt: row.secrets_at,
          state: row.secrets_version === null ? 'none' : row.secrets_version === next ? 'current' : 'older',
          ownSecrets,
        };
      }),
    };
    return c.json(answer, 200);
  });
}

const replicasOf = (db: Kysely<Database>, workspaceId: string) =>
  db
    .selectFrom('replica')
    .leftJoin('token', 'token.id', 'replica.token_id')
    .select(['replica.id', 'replica.name', 'replica.connection', 'replica.secrets_version'])
    .select(['replica.secrets_at', 'token.created_by as tokenMaker'])
    .where('replica.workspace_id', '=', workspaceId)
    .orderBy('replica.ordinal')
    .orderBy('replica.id')
    .execute();
