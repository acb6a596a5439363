import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { ConnectedWorkspace, ConnectionCandidate, WORKSPACE_VPNS_MAX } from '../../contract/workspaces.ts';
import { FakeAgent, tunnelReport } from '../agents/fakeAgent.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace, guideVpn } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let admin: TestClient;
let olga: TestClient;
let team: string;

beforeEach(async () => {
  host = await createTestApp();
  const { id, path } = await host.addTeam();
  team = path;
  admin = (await host.member('Ada', id, 'admin')).client;
  olga = (await host.member('Olga', id)).client;
});

const connected = async (vpnId: string) =>
  page(ConnectedWorkspace).parse(await body(await admin.get(`${team}/vpns/${vpnId}/workspaces`), 200));
const candidates = async (vpnId: string, client = admin, query = '') =>
  page(ConnectionCandidate).parse(
    await body(await client.get(`${team}/vpns/${vpnId}/candidates${query}`), 200),
  );

test('connecting is seen from both sides, and connecting again changes nothing', async () => {
  const vpn = await createVpn(admin, team);
  const workspace = await createWorkspace(olga, team, 'api');
  const path = `${team}/vpns/${vpn.id}/workspaces/${workspace.id}`;
  expect(await body(await admin.put(path), 200)).toMatchObject({
    workspace: { id: workspace.id, name: 'api' },
    owner: { name: 'Olga' },
    connectedBy: { name: 'Ada' },
    replicas: { total: 0, online: 0 },
  });
  const before = (await connected(vpn.id)).items;
  host.clock.advance(60_000);
  await body(await olga.put(path), 200);
  expect((await connected(vpn.id)).items).toEqual(before);
  expect(await body(await admin.get(`${team}/workspaces/api`), 200)).toMatchObject({
    vpns: [{ id: vpn.id }],
  });
  expect(await body(await admin.get(`${team}/vpns/${vpn.id}`), 200)).toMatchObject({ workspaces: 1 });
});

test('disconnecting forgets what the replicas reported', async () => {
  const vpn = await createVpn(admin, team);
  await createWorkspace(olga, team, 'api');
  const path = `${team}/vpns/${vpn.id}/workspaces/api`;
  await body(await admin.put(path), 200);
  const agent = await new FakeAgent(host.deps.hub).join((await createJoinToken(olga, team, 'api')).token);
  await agent.report([tunnelReport(vpn.id)]);
  await body(await olga.delete(path), 204);
  await body(await olga.delete(path), 404);
  await body(await admin.put(path), 200);
  expect(await body(await admin.get(`${team}/vpns/${vpn.id}/tunnels`), 200)).toMatchObject({
    items: [{ state: 'pending', reportedAt: null }],
  });
});

describe('subnets that overlap', () => {
  test('keep a second VPN from the same workspace', async () => {
    const first = await createVpn(admin, team, { name: 'First', peerSubnets: ['10.0.0.0/8'] });
    const second = await createVpn(admin, team, {
      name: 'Second',
      peerSubnets: ['192.168.7.0/24', '10.9.0.0/16'],
    });
    const workspace = await createWorkspace(admin, team, 'api');
    await connect(admin, team, first.id, workspace.id);
    const refused = await body(await admin.put(`${team}/vpns/${second.id}/workspaces/api`), 409);
    expect(refused).toMatchObject({ code: 'overlaps_vpn' });
    expect(JSON.stringify(refused)).toMatch(/First.*10\.0\.0\.0\/8.*10\.9\.0\.0\/16/);
    expect((await candidates(second.id)).items).toMatchObject([
      { workspace: { name: 'api' }, connected: false, blocked: { code: 'overlaps_vpn' } },
    ]);
  });

  test('keep a change from being saved, and name the subnet, the other VPN and the workspace', async () => {
    const first = await createVpn(admin, team, { name: 'First', peerSubnets: ['10.1.0.0/16'] });
    const second = await createVpn(admin, team, { name: 'Second', peerSubnets: ['10.2.0.0/16'] });
    const workspace = await createWorkspace(admin, team, 'api');
    await connect(admin, team, first.id, workspace.id);
    await connect(admin, team, second.id, workspace.id);
    const refused = await body(
      await admin.patch(
        `${team}/vpns/${second.id}`,
        { peerSubnets: ['10.3.0.0/16', '10.1.128.0/24'] },
        { ifMatch: '"1"' },
      ),
      422,
    );
    expect(refused).toMatchObject({ errors: [{ path: 'peerSubnets.1', code: 'overlaps_vpn' }] });
    expect(JSON.stringify(refused)).toMatch(/10\.1\.128\.0\/24.*10\.1\.0\.0\/16.*First.*api/);
  });

  test('don’t matter to VPNs that share no workspace', async () => {
    const first = await createVpn(admin, team, { name: 'First' });
    const second = await createVpn(admin, team, { name: 'Second' });
    await connect(admin, team, first.id, (await createWorkspace(admin, team, 'api')).id);
    await connect(admin, team, second.id, (await createWorkspace(admin, team, 'web')).id);
  });
});

describe('candidates', () => {
  test('say of every workspace whether it is connected, or why it can’t be', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, (await createWorkspace(admin, team, 'api')).id);
    await createWorkspace(olga, team, 'web');
    await createWorkspace(admin, team, 'zoo');
    expect((await candidates(vpn.id, olga)).items).toMatchObject([
      { workspace: { name: 'api' }, connected: true, blocked: null },
      { workspace: { name: 'web' }, connected: false, blocked: null },
      { workspace: { name: 'zoo' }, connected: false, blocked: { code: 'not_allowed' } },
    ]);
    expect(await candidates(vpn.id, admin, '?search=W')).toMatchObject({
      total: 1,
      items: [{ workspace: { name: 'web' } }],
    });
    const first = await candidates(vpn.id, admin, '?limit=2');
    expect(await candidates(vpn.id, admin, `?limit=2&cursor=${first.nextCursor}`)).toMatchObject({
      total: 3,
      items: [{ workspace: { name: 'zoo' } }],
    });
  });

  test.each([
    ['IKEv1 to one gateway with different keys', 1, 'another good key', true],
    ['IKEv1 to one gateway with the same key', 1, guideVpn.preSharedKey, false],
    ['IKEv2 to one gateway with different keys', 2, 'another good key', false],
  ] as const)('warn of %s only where it can’t work', async (_what, version, preSharedKey, warned) => {
    const ike = { ...guideVpn.ike, version };
    const first = await createVpn(admin, team, { name: 'First', ike });
    const second = await createVpn(admin, team, {
      name: 'Second',
      ike,
      preSharedKey,
      peerSubnets: ['10.9.0.0/24'],
    });
    await connect(admin, team, first.id, (await createWorkspace(admin, team, 'api')).id);
    const [candidate] = (await candidates(second.id)).items;
    expect(candidate).toMatchObject({ blocked: null });
    expect(candidate?.warning ?? '').toMatch(warned ? /First.*one key/ : /^$/);
  });
});

describe('retrying', () => {
  test('has the replica try now; one that is away can’t', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, (await createWorkspace(olga, team, 'api')).id);
    const agent = await new FakeAgent(host.deps.hub).join((await createJoinToken(olga, team, 'api')).token);
    const path = `${team}/vpns/${vpn.id}/tunnels/${agent.replica.id}/retry`;
    await body(await olga.post(path), 202);
    expect(agent.last('retry')).toEqual({ type: 'retry', vpnId: vpn.id });
    await agent.hangUp();
    expect(await body(await olga.post(path), 409)).toMatchObject({ code: 'replica_offline' });
    await body(await olga.post(`${team}/vpns/${vpn.id}/tunnels/rep_none/retry`), 404);
  });
});

test('a workspace has at most 64 VPNs: a replica is told all of them in one message', async () => {
  const workspace = await createWorkspace(admin, team, 'api');
  for (let n = 0; n < WORKSPACE_VPNS_MAX; n += 1) {
    const vpn = await createVpn(admin, team, { name: `Office ${n}`, peerSubnets: [`10.${n}.0.0/16`] });
    await connect(admin, team, vpn.id, workspace.id);
  }
  const more = await createVpn(admin, team, { name: 'One more', peerSubnets: ['10.200.0.0/16'] });
  expect(await body(await admin.put(`${team}/vpns/${more.id}/workspaces/api`), 409)).toMatchObject({
    code: 'too_many_vpns',
  });
  expect((await candidates(more.id)).items).toMatchObject([{ blocked: { code: 'too_many_vpns' } }]);
});
