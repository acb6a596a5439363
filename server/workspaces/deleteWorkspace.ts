import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { actorOf } from '../activity/actor.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { noContent, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { announceRemoval, removeWorkspace } from './removeWorkspace.ts';
import { WorkspaceParams } from './workspaceRows.ts';

const deleteWorkspaceRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/workspaces/{workspace}',
  tags: ['Workspaces'],
  summary: 'Delete a workspace',
  description: 'Revokes its join tokens. Its replicas take down their tunnels and end.',
  request: { params: WorkspaceParams },
  responses: { 204: noContent('It is gone.'), ...problems(401, 403, 404) },
});

export function registerWorkspaceDeletion(app: App, deps: Deps): void {
  const { db, clock } = deps;

  app.openapi(deleteWorkspaceRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const removed = await db.transaction().execute(async (trx) => {
      const workspace = await findWorkspace(trx, team.id, c.req.valid('param').workspace);
      allow(may.manageWorkspace(actor, { ownerId: workspace.owner_id }));
      return await removeWorkspace(trx, clock, workspace, {
        actor: actorOf(viewer),
        reason: 'deleted',
        summary: `Deleted the workspace ${workspace.name}.`,
      });
    });
    announceRemoval(deps, team.id, removed);
    return c.body(null, 204);
  });
}
