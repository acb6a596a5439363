import { beforeAll, describe, expect, test } from 'vitest';
import { FakeAgent, tunnelReport } from '../agents/fakeAgent.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace, guideVpn } from '../fixtures.ts';
import { issueToken } from '../session/tokens.ts';
import { createTestApp, type TestClient } from '../testing.ts';

/** Who asks, in the columns of the table. `owner` and `member` have the same role; the workspace `api` is the owner’s. */
const viewers = [
  'anonymous',
  'admin',
  'owner',
  'member',
  'other team’s admin',
  'admin’s API token',
  'member’s API token',
] as const;
type Viewer = (typeof viewers)[number];

const newVpn = { ...guideVpn, name: 'New', peerSubnets: ['10.66.0.0/16'] };

/**
 * Route × viewer → status. The VPN `office` is connected to the owner’s workspace `api`, which has the replica {replica} and
 * the join token {token}; the VPN `spare` is connected to none; a change of the VPN `changing` is under way. Whatever may change something runs on a world of its own.
 */
const cases: [string, unknown, number[]][] = [
  //                                                         anon admin ownr memb othr aTok mTok
  ['GET /vpns', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['POST /vpns', newVpn, [401, 201, 403, 403, 404, 201, 403]],
  ['GET /vpns/office', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['PATCH /vpns/office', { dpdDelaySeconds: 60 }, [401, 200, 403, 403, 404, 200, 403]],
  ['DELETE /vpns/office', undefined, [401, 204, 403, 403, 404, 204, 403]],
  ['POST /vpns/office/duplicate', { name: 'Copy' }, [401, 201, 403, 403, 404, 201, 403]],
  ['GET /vpns/office/workspaces', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['GET /vpns/office/candidates', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['PUT /vpns/spare/workspaces/api', undefined, [401, 200, 200, 403, 404, 200, 403]],
  ['PUT /vpns/spare/workspaces/mine', undefined, [401, 200, 403, 200, 404, 200, 200]],
  ['DELETE /vpns/office/workspaces/api', undefined, [401, 204, 204, 403, 404, 204, 403]],
  ['GET /vpns/office/tunnels', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['POST /vpns/office/tunnels/{replica}/retry', undefined, [401, 202, 202, 403, 404, 202, 403]],
  ['GET /vpns/office/verifications', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['POST /vpns/office/verifications', { address: '10.250.0.5' }, [401, 201, 201, 403, 404, 201, 403]],
  ['GET /verifications/{verification}', undefined, [401, 200, 200, 200, 404, 200, 200]],
  // What may be tested is checked before the replica is asked: the admin’s answer is about an empty request.
  ['POST /vpn-trials', {}, [401, 422, 403, 403, 404, 422, 403]],
  ['GET /vpn-trials/replicas', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['GET /vpns/office/gateway-config', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['GET /vpns/office/gateway-links', undefined, [401, 200, 403, 403, 404, 200, 403]],
  ['POST /vpns/office/gateway-links', { kind: 'generic' }, [401, 201, 403, 403, 404, 201, 403]],
  ['DELETE /vpns/office/gateway-links/{link}', undefined, [401, 204, 403, 403, 404, 204, 403]],
  ['GET /vpns/changing/rollout', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['POST /vpns/changing/rollout/pause', undefined, [401, 200, 403, 403, 404, 200, 403]],
  ['POST /vpns/changing/rollout/resume', undefined, [401, 409, 403, 403, 404, 409, 403]],
  ['POST /vpns/changing/rollout/rollback', undefined, [401, 200, 403, 403, 404, 200, 403]],
  ['POST /vpns/office/moves', { to: 'spare', workspaces: ['{api}'] }, [401, 201, 403, 403, 404, 201, 403]],
  ['GET /workspaces', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['POST /workspaces', { name: 'new' }, [401, 201, 201, 201, 404, 201, 201]],
  ['GET /workspaces/api', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['PATCH /workspaces/api', { name: 'renamed' }, [401, 200, 200, 403, 404, 200, 403]],
  ['DELETE /workspaces/api', undefined, [401, 204, 204, 403, 404, 204, 403]],
  ['DELETE /workspaces/mine', undefined, [401, 204, 403, 204, 404, 204, 204]],
  ['GET /workspaces/api/replicas', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['DELETE /replicas/{replica}', undefined, [401, 204, 204, 403, 404, 204, 403]],
  ['GET /workspaces/api/tunnels', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['GET /workspaces/api/join-tokens', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['POST /workspaces/api/join-tokens', {}, [401, 201, 201, 403, 404, 201, 403]],
  ['POST /join-tokens/{token}/rotate', undefined, [401, 201, 201, 403, 404, 201, 403]],
  ['DELETE /join-tokens/{token}', undefined, [401, 204, 204, 403, 404, 204, 403]],
];

async function createWorld() {
  const { addTeam, member, db, clock, deps, anonymous, withApiToken } = await createTestApp();
  const team = await addTeam('Acme');
  const other = await addTeam('Other');
  const ada = await member('Ada', team.id, 'admin');
  const olga = await member('Olga', team.id);
  const bob = await member('Bob', team.id);
  const eve = await member('Eve', other.id, 'admin');
  const tokenOf = async (userId: string) =>
    (
      await issueToken(db, clock, {
        kind: 'api',
        userId,
        teamId: team.id,
        name: 'CI',
        lifetimeMs: 86_400_000,
      })
    ).text;

  const office = await createVpn(ada.client, team.path, { name: 'office' });
  await createVpn(ada.client, team.path, { name: 'spare', peerSubnets: ['10.7.0.0/16'] });
  const api = await createWorkspace(olga.client, team.path, 'api');
  await createWorkspace(bob.client, team.path, 'mine');
  await connect(olga.client, team.path, office.id, api.id);
  const { joinToken, token } = await createJoinToken(olga.client, team.path, api.id);
  const agent = await new FakeAgent(deps.hub).join(token);
  const changing = await createVpn(ada.client, team.path, {
    name: 'changing',
    peerSubnets: ['10.8.0.0/16'],
  });
  await connect(olga.client, team.path, changing.id, api.id);
  await agent.report([tunnelReport(changing.id)]);
  const change = { dpdDelaySeconds: 60 };
  await body(await ada.client.patch(`${team.path}/vpns/changing`, change, { ifMatch: '*' }), 200);
  const started = await olga.client.post(`${team.path}/vpns/office/verifications`, { address: '10.250.0.5' });
  const { id: verification } = await started.json();
  const shared = await ada.client.post(`${team.path}/vpns/office/gateway-links`, { kind: 'generic' });
  const { id: link } = await shared.json();

  const clients: Record<Viewer, TestClient> = {
    anonymous,
    admin: ada.client,
    owner: olga.client,
    member: bob.client,
    'other team’s admin': eve.client,
    'admin’s API token': withApiToken(await tokenOf(ada.id)),
    'member’s API token': withApiToken(await tokenOf(bob.id)),
  };
  const ids: Record<string, string> = {
    replica: agent.replica.id,
    token: joinToken.id,
    verification,
    link,
    api: api.id,
  };
  const fill = (text: string) => text.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? name);
  return {
    clients,
    resolve: (path: string) => team.path + fill(path),
    resolveBody: (sent: unknown): unknown =>
      sent === undefined ? sent : JSON.parse(fill(JSON.stringify(sent))),
  };
}

let shared: ReturnType<typeof createWorld> | undefined;
/** For requests that are to leave everything as it is: one that doesn’t is found by those after it. */
const sharedWorld = () => (shared ??= createWorld());

describe.each(cases)('%s', (route, sent, expected) => {
  const answers: Partial<Record<Viewer, Response>> = {};

  beforeAll(async () => {
    const [method = '', path = ''] = route.split(' ');
    for (const [at, viewer] of viewers.entries()) {
      const changesNothing = method === 'GET' || (expected[at] ?? 0) >= 400;
      const { clients, resolve, resolveBody } = await (changesNothing ? sharedWorld() : createWorld());
      const target = resolve(path);
      answers[viewer] = await clients[viewer].send(method, target, resolveBody(sent), { ifMatch: '*' });
    }
  });

  test.each(viewers)('%s', async (viewer) => {
    const answer = answers[viewer];
    expect(answer?.status, await answer?.clone().text()).toBe(expected[viewers.indexOf(viewer)]);
    // Whoever may see a thing but not do that is told why, in the words that the dashboard shows on the button.
    if (answer?.status === 403)
      expect(await body(answer.clone(), 403)).toMatchObject({ title: expect.stringMatching(/admin/) });
  });
});
