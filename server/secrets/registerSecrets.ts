import { createRoute } from '@hono/zod-openapi';
import { page } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { Secret, SecretQuery } from '../../contract/secretsApi.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { allow, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { registerSecretChanges } from './changeSecret.ts';
import { registerSecretCreation } from './createSecret.ts';
import { registerSecretDelivery } from './deliverSecrets.ts';
import { levelKey, listSecrets } from './secretRows.ts';
import { registerWorkspaceSecrets } from './workspaceSecrets.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/secrets',
  tags: ['Secrets'],
  summary: 'Secrets of a level',
  description:
    'Your own (`level=member`), or as an admin the team’s. Names and where they go, never a value.',
  request: { params: TeamParams, query: SecretQuery },
  responses: { 200: json(page(Secret), 'A page of secrets, by name.'), ...problems(400, 401, 403, 404) },
});

/** Secrets: a member's own and the team's, what workspaces get of them, and their delivery to replicas. */
export function registerSecrets(app: App, deps: Deps): void {
  app.openapi(listRoute, async (c) => {
    const { team, actor } = requireTeam(c);
    const { level, ...query } = c.req.valid('query');
    if (level === 'team') allow(may.manageSecrets(actor));
    return c.json(await listSecrets(deps.db, team.id, levelKey(level, actor.userId), query), 200);
  });
  registerSecretCreation(app, deps);
  registerSecretChanges(app, deps);
  registerWorkspaceSecrets(app, deps);
  registerSecretDelivery(app, deps);
}
