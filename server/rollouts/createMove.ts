import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { MoveCreate, Rollout } from '../../contract/rollouts.ts';
import { findVpn } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { announceToAll, concernedBy } from './announceRollout.ts';
import { beginMove } from './beginMove.ts';
import { findNamed } from './rolloutActivity.ts';
import { VpnParams } from './rolloutParams.ts';
import { readRollout } from './viewRollout.ts';

const createMoveRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/vpns/{vpn}/moves',
  tags: ['Rollouts'],
  summary: 'Move connected workspaces to another VPN',
  description:
    'Replica by replica: the new tunnel comes up beside the old one, which then goes. Where the subnets of the two VPNs overlap, the new one takes the place of the old one, which comes back if it isn’t up in time.',
  middleware: [requires(may.rolloutVpns)],
  request: { params: VpnParams, body: jsonBody(MoveCreate) },
  responses: { 201: json(Rollout, 'The move, under way.'), ...problems(401, 403, 404, 409, 422) },
});

export function registerMoves(app: App, deps: Deps): void {
  const { db, clock, rollouts } = deps;

  app.openapi(createMoveRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    const wish = c.req.valid('json');
    const rollout = await db.transaction().execute(async (trx) => {
      const vpn = await findVpn(trx, team.id, c.req.valid('param').vpn);
      const id = await beginMove(trx, vpn, wish, {
        viewer,
        now: clock.now(),
        runsSince: rollouts.runsSince,
      });
      return await findNamed(trx).where('rollout.id', '=', id).executeTakeFirstOrThrow();
    });
    announceToAll(deps, team.id, await concernedBy(db, rollout));
    rollouts.wake(rollout.id);
    return c.json(await readRollout(db, rollout.id, clock.now()), 201);
  });
}
