import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { TIMELINE, TunnelTimeline } from '../../contract/timeline.ts';
import { findVpn } from '../db/lookup.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { eventText } from './eventText.ts';
import { samplesOf } from './traffic.ts';

const route = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/tunnels/{replica}/timeline',
  tags: ['Tunnels'],
  summary: 'What happened to a tunnel',
  description: 'The last day: its newest events, and the bytes of each quarter of an hour.',
  request: {
    params: TeamParams.extend({
      vpn: z.string().meta({ description: 'The VPN’s id or its name.' }),
      replica: z.string().meta({ description: 'The replica’s id.' }),
    }),
  },
  responses: { 200: json(TunnelTimeline, 'The timeline of the tunnel.'), ...problems(401, 404) },
});

export function registerTimeline(app: App, { db, clock }: Deps): void {
  app.openapi(route, async (c) => {
    const { team } = requireTeam(c);
    const params = c.req.valid('param');
    const vpn = await findVpn(db, team.id, params.vpn);
    const replica = await db
      .selectFrom('replica')
      .innerJoin('workspace', 'workspace.id', 'replica.workspace_id')
      .innerJoin('vpn_workspace', 'vpn_workspace.workspace_id', 'workspace.id')
      .select([
        'replica.id',
        'replica.name',
        'replica.local_id as localId',
        'workspace.id as workspaceId',
        'workspace.name as workspaceName',
      ])
      .where('vpn_workspace.vpn_id', '=', vpn.id)
      .where('replica.id', '=', params.replica)
      .executeTakeFirst();
    if (!replica) throw notFound('tunnel');
    const oldest = new Date(clock.now() - TIMELINE.hours * 3_600_000).toISOString();
    const events = await db
      .selectFrom('tunnel_event')
      .select(['at', 'kind', 'code', 'text'])
      .where('replica_id', '=', replica.id)
      .where('vpn_id', '=', vpn.id)
      .where('at', '>=', oldest)
      .orderBy('id', 'desc')
      .limit(TIMELINE.events)
      .execute();
    const traffic = await db
      .selectFrom('tunnel_traffic')
      .select(['slot', 'bytes_in', 'bytes_out', 'earlier'])
      .where('replica_id', '=', replica.id)
      .where('vpn_id', '=', vpn.id)
      .executeTakeFirst();
    const { fromMs, samples } = samplesOf(traffic, clock.now());
    const settings = settingsOfRow(vpn);
    return c.json(
      {
        tunnel: `${replica.id}.${vpn.id}`,
        vpn: { id: vpn.id, name: vpn.name },
        workspace: { id: replica.workspaceId, name: replica.workspaceName },
        replica: { id: replica.id, name: replica.name },
        events: events.map((event) => ({
          at: event.at,
          kind: event.kind,
          code: event.code,
          text: eventText(event, settings, replica.localId),
        })),
        traffic: {
          from: new Date(fromMs).toISOString(),
          sampleSeconds: TIMELINE.sampleMinutes * 60,
          samples,
        },
      },
      200,
    );
  });
}
