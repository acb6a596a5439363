import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { noContent, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { announceWorkspaceChange, connectedVpnIds } from './announceWorkspaceChange.ts';
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

export function registerWorkspaceDeletion(app: App, { db, clock, bus, hub }: Deps): void {
  app.openapi(deleteWorkspaceRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const done = await db.transaction().execute(async (trx) => {
      const workspace = await findWorkspace(trx, team.id, c.req.valid('param').workspace);
      allow(may.manageWorkspace(actor, { ownerId: workspace.owner_id }));
      const vpnIds = await connectedVpnIds(trx, workspace.id);
      // The tokens outlive the workspace: a replica that is away now is told by its token that this is final.
      const tokens = await trx
        .updateTable('token')
        .set({ revoked_at: new Date(clock.now()).toISOString(), sealed: null })
        .where('kind', '=', 'join')
        .where('workspace_id', '=', workspace.id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .execute();
      await trx.deleteFrom('workspace').where('id', '=', workspace.id).execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'workspace.deleted',
        subject: { kind: 'workspace', id: workspace.id, name: workspace.name },
        summary: `Deleted the workspace ${workspace.name}.`,
      });
      return { id: workspace.id, vpnIds, tokenIds: tokens.map((token) => token.id) };
    });
    hub.revoked(done.tokenIds);
    announceWorkspaceChange(bus, team.id, done.id, done.vpnIds);
    return c.body(null, 204);
  });
}
