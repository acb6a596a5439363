import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { page, PageQuery } from '../../contract/lists.ts';
import { Verification, VerificationCreate } from '../../contract/verifications.ts';
import { parseVerifyAddress } from '../../contract/verifyAddress.ts';
import { readTexts } from '../db/json.ts';
import { findVpn } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { refused } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { runVerification } from './runVerification.ts';
import { startVerification } from './startVerification.ts';
import { listVerifications, readVerification } from './verificationRows.ts';

const VpnParams = TeamParams.extend({ vpn: z.string().meta({ description: 'The VPN’s id or its name.' }) });

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/verifications',
  tags: ['Verifications'],
  summary: 'The latest verifications of a VPN',
  request: { params: VpnParams, query: PageQuery },
  responses: { 200: json(page(Verification), 'A page, newest first.'), ...problems(400, 401, 404) },
});

const startRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/vpns/{vpn}/verifications',
  tags: ['Verifications'],
  summary: 'Verify a VPN',
  description:
    'A ping, or with `port` a TCP connect, from every replica of the connected workspaces that the viewer may use. Results arrive one by one; each is announced as `verification:<id>`.',
  request: { params: VpnParams, body: jsonBody(VerificationCreate) },
  responses: {
    201: json(Verification, 'The verification, under way.'),
    ...problems(401, 403, 404, 409, 422),
  },
});

const getVerificationRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/verifications/{verification}',
  tags: ['Verifications'],
  summary: 'A verification',
  request: { params: TeamParams.extend({ verification: z.string() }) },
  responses: { 200: json(Verification, 'What is known so far.'), ...problems(401, 404) },
});

export function registerVerifications(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(listRoute, async (c) => {
    const vpn = await findVpn(db, requireTeam(c).team.id, c.req.valid('param').vpn);
    return c.json(await listVerifications(db, vpn, c.req.valid('query'), clock.now()), 200);
  });

  app.openapi(startRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const { address, port } = c.req.valid('json');
    const started = await db.transaction().execute(async (trx) => {
      const vpn = await findVpn(trx, team.id, c.req.valid('param').vpn);
      const parsed = parseVerifyAddress(address, readTexts(vpn.peer_subnets));
      if (!parsed.ok) {
        const { code, message } = parsed.refusal;
        throw refused([{ path: 'address', code, message }]);
      }
      const target = { vpn, address: parsed.value.text, port };
      const { id, replicaIds } = await startVerification(trx, { ...target, viewer, actor, now: clock.now() });
      return { id, teamId: team.id, vpnId: vpn.id, address: target.address, port, replicaIds };
    });
    bus.publish(team.id, [`vpn:${started.vpnId}`, `verification:${started.id}`, 'activity']);
    const verification = await readVerification(db, team.id, started.id, clock.now());
    void runVerification(deps, started);
    return c.json(verification, 201);
  });

  app.openapi(getVerificationRoute, async (c) => {
    const { team } = requireTeam(c);
    const { verification } = c.req.valid('param');
    return c.json(await readVerification(db, team.id, verification, clock.now()), 200);
  });
}
