import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { may } from '../../contract/permissions.ts';
import { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { neighbours, obstaclesOf } from '../db/connectable.ts';
import { findVpn, findWorkspace } from '../db/lookup.ts';
import { withClaimedSubnets } from '../db/underWay.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict, notFound } from '../http/problem.ts';
import { json, noContent, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { leaveMove } from '../rollouts/leaveMove.ts';
import { announceVpnChange } from './announceVpnChange.ts';
import { readConnection } from './connectedWorkspaces.ts';
import { VpnParams } from './vpnRows.ts';

const ConnectionParams = VpnParams.extend({
  workspace: z.string().meta({ description: 'The workspace’s id or its name.' }),
});

const connectRoute = createRoute({
  method: 'put',
  path: '/api/v1/teams/{team}/vpns/{vpn}/workspaces/{workspace}',
  tags: ['VPNs'],
  summary: 'Connect a workspace to a VPN',
  description:
    'Every replica of the workspace opens its own tunnel. Connecting what is connected changes nothing.',
  request: { params: ConnectionParams },
  responses: { 200: json(ConnectedWorkspace, 'The connection.'), ...problems(401, 403, 404, 409) },
});

const disconnectRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/vpns/{vpn}/workspaces/{workspace}',
  tags: ['VPNs'],
  summary: 'Disconnect a workspace from a VPN',
  description: 'Takes tunnel, routes and keys off every replica of the workspace.',
  request: { params: ConnectionParams },
  responses: { 204: noContent('They aren’t connected any more.'), ...problems(401, 403, 404) },
});

export function registerConnections(app: App, deps: Deps): void {
  const { db, clock } = deps;

  app.openapi(connectRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const done = await db.transaction().execute(async (trx) => {
      const vpn = await findVpn(trx, team.id, params.vpn);
      const workspace = await findWorkspace(trx, team.id, params.workspace);
      allow(may.connectWorkspace(actor, { ownerId: workspace.owner_id }));
      const ids = { vpnId: vpn.id, workspaceId: workspace.id };
      if (await readConnection(trx, vpn.id, workspace.id)) return { ...ids, changed: false };
      const others = await neighbours(trx, vpn.id, [workspace.id]);
      const [claiming = vpn] = await withClaimedSubnets(trx, [vpn]);
      const obstacle = obstaclesOf(claiming, others).get(workspace.id);
      if (obstacle)
        throw conflict(obstacle.code, `${workspace.name} can’t be connected. ${obstacle.message}`);

      await trx
        .insertInto('vpn_workspace')
        .values({
          vpn_id: vpn.id,
          workspace_id: workspace.id,
          connected_at: new Date(clock.now()).toISOString(),
          connected_by: viewer.userId,
        })
        .execute();
      await leaveMove(trx, ids);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'vpn.connected',
        subject: { kind: 'vpn', id: vpn.id, name: vpn.name },
        summary: `Connected the workspace ${workspace.name} to the VPN ${vpn.name}.`,
      });
      return { ...ids, changed: true };
    });
    if (done.changed) announceVpnChange(deps, team.id, done.vpnId, [done.workspaceId]);
    const connection = await readConnection(db, done.vpnId, done.workspaceId);
    if (!connection) throw notFound('connection');
    return c.json(connection, 200);
  });

  app.openapi(disconnectRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const done = await db.transaction().execute(async (trx) => {
      const vpn = await findVpn(trx, team.id, params.vpn);
      const workspace = await findWorkspace(trx, team.id, params.workspace);
      allow(may.connectWorkspace(actor, { ownerId: workspace.owner_id }));
      const ids = { vpnId: vpn.id, workspaceId: workspace.id };
      const removed = await trx
        .deleteFrom('vpn_workspace')
        .where('vpn_id', '=', vpn.id)
        .where('workspace_id', '=', workspace.id)
        .executeTakeFirst();
      if (removed.numDeletedRows === 0n) throw notFound('connection');
      // What the replicas reported goes with it: connected again, the tunnels start anew.
      await trx
        .deleteFrom('tunnel')
        .where('vpn_id', '=', vpn.id)
        .where('replica_id', 'in', (eb) =>
          eb.selectFrom('replica').select('replica.id').where('replica.workspace_id', '=', workspace.id),
        )
        .execute();
      await leaveMove(trx, ids);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'vpn.disconnected',
        subject: { kind: 'vpn', id: vpn.id, name: vpn.name },
        summary: `Disconnected the workspace ${workspace.name} from the VPN ${vpn.name}.`,
      });
      return ids;
    });
    announceVpnChange(deps, team.id, done.vpnId, [done.workspaceId]);
    return c.body(null, 204);
  });
}
