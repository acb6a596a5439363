import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { may } from '../../contract/permissions.ts';
import { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { findVpn, findWorkspace } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { json, noContent, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { announceVpnChange } from './announceVpnChange.ts';
import { readConnection } from './connectedWorkspaces.ts';
import { connectWorkspace, disconnectWorkspace } from './connection.ts';
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
      const change = { vpn, workspace, viewer, now: clock.now() };
      return {
        vpnId: vpn.id,
        workspaceId: workspace.id,
        changed: await connectWorkspace(trx, change),
      };
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
      const change = { vpn, workspace, viewer, now: clock.now() };
      if (!(await disconnectWorkspace(trx, change))) throw notFound('connection');
      return { vpnId: vpn.id, workspaceId: workspace.id };
    });
    announceVpnChange(deps, team.id, done.vpnId, [done.workspaceId]);
    return c.body(null, 204);
  });
}
