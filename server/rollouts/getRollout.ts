import { createRoute } from '@hono/zod-openapi';
import { Rollout } from '../../contract/rollouts.ts';
import { findVpn } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam } from '../http/teamAccess.ts';
import { VpnParams } from './rolloutParams.ts';
import { findRollout, readRollout } from './viewRollout.ts';

const getRolloutRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/rollout',
  tags: ['Rollouts'],
  summary: 'The change or move of a VPN that is under way, or the last one',
  description: 'A move is found at both of its VPNs.',
  request: { params: VpnParams },
  responses: { 200: json(Rollout, 'The rollout, replica by replica.'), ...problems(401, 404) },
});

export function registerRolloutReading(app: App, { db, clock }: Deps): void {
  app.openapi(getRolloutRoute, async (c) => {
    const vpn = await findVpn(db, requireTeam(c).team.id, c.req.valid('param').vpn);
    return c.json(await readRollout(db, await findRollout(db, vpn.id), clock.now()), 200);
  });
}
