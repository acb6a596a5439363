import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { page, PageQuery } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { Tunnel } from '../../contract/tunnels.ts';
import { listTunnels } from '../agents/listTunnels.ts';
import { findVpn } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict, notFound } from '../http/problem.ts';
import { json, noContent, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { VpnParams } from './vpnRows.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/tunnels',
  tags: ['Tunnels'],
  summary: 'The tunnels of a VPN',
  description: 'One per replica of each connected workspace.',
  request: { params: VpnParams, query: PageQuery },
  responses: {
    200: json(page(Tunnel), 'A page of tunnels, by workspace and replica.'),
    ...problems(400, 401, 404),
  },
});

const retryRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/vpns/{vpn}/tunnels/{replica}/retry',
  tags: ['Tunnels'],
  summary: 'Try a tunnel now',
  description: 'Instead of when its next try is due.',
  request: { params: VpnParams.extend({ replica: z.string().meta({ description: 'The replica’s id.' }) }) },
  responses: { 202: noContent('The replica was told.'), ...problems(401, 403, 404, 409) },
});

export function registerVpnTunnels(app: App, { db, hub }: Deps): void {
  app.openapi(listRoute, async (c) => {
    const vpn = await findVpn(db, requireTeam(c).team.id, c.req.valid('param').vpn);
    return c.json(await listTunnels(db, { vpnId: vpn.id }, c.req.valid('query')), 200);
  });

  app.openapi(retryRoute, async (c) => {
    const { team, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const vpn = await findVpn(db, team.id, params.vpn);
    const replica = await db
      .selectFrom('vpn_workspace')
      .innerJoin('workspace', 'workspace.id', 'vpn_workspace.workspace_id')
      .innerJoin('replica', 'replica.workspace_id', 'workspace.id')
      .select(['replica.id', 'replica.name', 'workspace.owner_id as ownerId'])
      .where('vpn_workspace.vpn_id', '=', vpn.id)
      .where('replica.id', '=', params.replica)
      .executeTakeFirst();
    if (!replica) throw notFound('tunnel');
    allow(may.useReplicas(actor, replica));
    if (!hub.retry(replica.id, vpn.id)) {
      throw conflict(
        'replica_offline',
        `${replica.name} isn’t connected to the server. It tries by itself when it is back.`,
      );
    }
    return c.body(null, 202);
  });
}
