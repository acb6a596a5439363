import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { Rollout } from '../../contract/rollouts.ts';
import { actorOf } from '../activity/actor.ts';
import { findVpn } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { announceToAll, concernedBy } from './announceRollout.ts';
import { pause, resume, takeBack, type Control } from './controls.ts';
import { VpnParams } from './rolloutParams.ts';
import { findNamed } from './rolloutActivity.ts';
import { findRollout, readRollout } from './viewRollout.ts';

const control = (verb: 'pause' | 'resume' | 'rollback', summary: string, description: string) =>
  createRoute({
    method: 'post',
    path: `/api/v1/teams/{team}/vpns/{vpn}/rollout/${verb}`,
    tags: ['Rollouts'],
    summary,
    description,
    middleware: [requires(may.rolloutVpns)],
    request: { params: VpnParams },
    responses: { 200: json(Rollout, 'The rollout as it is now.'), ...problems(401, 403, 404, 409) },
  });

const pauseRoute = control(
  'pause',
  'Pause a change or move',
  'Replicas that are trying it go on; no further one begins.',
);
const resumeRoute = control(
  'resume',
  'Resume a change or move',
  'Replicas that went back try it again, in their turn.',
);
const rollbackRoute = control(
  'rollback',
  'Take back a change or move',
  'The VPN has its settings and pre-shared key of before again, on all replicas; or the workspaces are back where they were.',
);

export function registerRolloutControls(app: App, deps: Deps): void {
  for (const [route, act] of [
    [pauseRoute, pause],
    [resumeRoute, resume],
    [rollbackRoute, takeBack],
  ] satisfies [typeof pauseRoute, Control][]) {
    app.openapi(route, async (c) => {
      const { db, clock } = deps;
      const { team, viewer } = requireTeam(c);
      const vpn = await findVpn(db, team.id, c.req.valid('param').vpn);
      const id = await findRollout(db, vpn.id);
      const done = await db.transaction().execute(async (trx) => {
        const rollout = await findNamed(trx).where('rollout.id', '=', id).executeTakeFirstOrThrow();
        await act(trx, rollout, { actor: actorOf(viewer), userId: viewer.userId, now: clock.now() });
        return rollout;
      });
      announceToAll(deps, team.id, await concernedBy(db, done));
      deps.rollouts.wake(id);
      return c.json(await readRollout(db, id, clock.now()), 200);
    });
  }
}
