import { createRoute } from '@hono/zod-openapi';
import { page } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { TrialReplica, TrialReplicaQuery, VpnTrial, VpnTrialCreate } from '../../contract/vpnTrials.ts';
import { actorOf } from '../activity/actor.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { runTrial } from './runTrial.ts';
import { listTrialReplicas } from './trialReplicas.ts';
import { checkTrial } from './trialRequest.ts';

const startRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/vpn-trials',
  tags: ['VPNs'],
  summary: 'Test VPN settings with a replica',
  description:
    'The replica tries to set up a tunnel with these settings, beside whatever it runs and without touching it, and takes it down again. Answers when it is over, within 25 seconds; ending the request stops the test. Nothing of the settings is kept.',
  middleware: [requires(may.rolloutVpns)],
  request: { params: TeamParams, body: jsonBody(VpnTrialCreate) },
  responses: {
    200: json(VpnTrial, 'How far it came, and why not further.'),
    ...problems(401, 403, 404, 409, 422),
  },
});

const listReplicasRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpn-trials/replicas',
  tags: ['VPNs'],
  summary: 'The replicas that VPN settings can be tested with',
  description: 'All of the team’s, those that can first, with the reason where one can’t.',
  request: { params: TeamParams, query: TrialReplicaQuery },
  responses: { 200: json(page(TrialReplica), 'A page of replicas.'), ...problems(400, 401, 404) },
});

export function registerVpnTrials(app: App, deps: Deps): void {
  app.openapi(startRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    const trial = await checkTrial(deps, team.id, c.req.valid('json'));
    const { signal } = c.req.raw;
    return c.json(await runTrial(deps, trial, { teamId: team.id, actor: actorOf(viewer), signal }), 200);
  });

  app.openapi(listReplicasRoute, async (c) => {
    const { team } = requireTeam(c);
    return c.json(await listTrialReplicas(deps.db, team.id, c.req.valid('query')), 200);
  });
}
