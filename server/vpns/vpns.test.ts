import { beforeEach, describe, expect, test } from 'vitest';
import type { TunnelReport } from '../../contract/agentProtocol.ts';
import { page } from '../../contract/lists.ts';
import { Problem } from '../../contract/problems.ts';
import { Activity } from '../../contract/team.ts';
import { Vpn } from '../../contract/vpns.ts';
import { FakeAgent, tunnelReport } from '../agents/fakeAgent.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace, guideVpn } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let admin: TestClient;
let team: string;
let teamId: string;

beforeEach(async () => {
  host = await createTestApp();
  ({ id: teamId, path: team } = await host.addTeam());
  admin = (await host.member('Ada', teamId, 'admin')).client;
});

const list = async (query = '') => page(Vpn).parse(await body(await admin.get(`${team}/vpns${query}`), 200));
const names = async (query = '') => (await list(query)).items.map(({ name }) => name);
const summaries = async () =>
  page(Activity)
    .parse(await body(await admin.get(`${team}/activity`), 200))
    .items.map(({ summary }) => summary);

describe('creating', () => {
  test('the guide’s own values are taken as they are', async () => {
    const vpn = await createVpn(admin, team);
    const { preSharedKey: _, ...settings } = guideVpn;
    expect(vpn).toMatchObject({
      ...settings,
      revision: 1,
      createdBy: { name: 'Ada' },
      workspaces: 0,
      replicas: 0,
      tunnels: { wanted: 0, worst: null },
    });
    expect(vpn).not.toHaveProperty('preSharedKey');
    expect(await summaries()).toEqual(['Created the VPN Company data center to the gateway 1.2.3.4.']);
  });

  test('a name is found however its accents are written', async () => {
    const { id } = await createVpn(admin, team, { name: 'Zu\u0308rich' });
    for (const name of ['Zu\u0308rich', 'Z\u00fcrich', 'Z\u00dcRICH']) {
      expect(await body(await admin.get(`${team}/vpns/${encodeURIComponent(name)}`), 200)).toMatchObject({
        id,
      });
    }
  });

  test('what the rules refuse comes back by field, with the words that the form shows', async () => {
    const refused = Problem.parse(
      await body(
        await admin.post(`${team}/vpns`, {
          ...guideVpn,
          name: '',
          peerIp: '127.0.0.1',
          peerSubnets: ['0.0.0.0/0'],
        }),
        422,
      ),
    );
    expect(refused.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['name', 'peerIp', 'peerSubnets.0']),
    );
    expect(await names()).toEqual([]);
  });

  test('names are unique in the team whatever their case, and free in another team', async () => {
    await createVpn(admin, team);
    expect(
      await body(await admin.post(`${team}/vpns`, { ...guideVpn, name: 'COMPANY data CENTER' }), 422),
    ).toMatchObject({ errors: [{ path: 'name', code: 'name_taken' }] });
    const other = await host.addTeam('Other');
    await createVpn((await host.member('Otto', other.id, 'admin')).client, other.path);
  });

  test('a VPN is found by its id and by its name', async () => {
    const vpn = await createVpn(admin, team);
    expect(await body(await admin.get(`${team}/vpns/${vpn.id}`), 200)).toEqual(vpn);
    expect(await body(await admin.get(`${team}/vpns/company%20DATA%20center`), 200)).toEqual(vpn);
    await body(await admin.get(`${team}/vpns/nothing`), 404);
  });

  test('a duplicate has everything of the other, its key too, under a name of its own', async () => {
    const vpn = await createVpn(admin, team);
    const copy = Vpn.parse(
      await body(await admin.post(`${team}/vpns/${vpn.id}/duplicate`, { name: 'Copy' }), 201),
    );
    expect(copy).toMatchObject({
      name: 'Copy',
      ike: vpn.ike,
      peerSubnets: vpn.peerSubnets,
      workspaces: 0,
      revision: 1,
    });
    expect(
      await body(await admin.post(`${team}/vpns/${vpn.id}/duplicate`, { name: 'copy' }), 422),
    ).toMatchObject({
      errors: [{ code: 'name_taken' }],
    });
    const workspace = await createWorkspace(admin, team, 'api');
    await connect(admin, team, copy.id, workspace.id);
    const agent = await new FakeAgent(host.deps.hub).join((await createJoinToken(admin, team, 'api')).token);
    expect(agent.last('desired').vpns).toMatchObject([{ id: copy.id, preSharedKey: guideVpn.preSharedKey }]);
  });
});

describe('changing', () => {
  test('of two admins who edit at once, the second is told, and sees how it is now', async () => {
    const vpn = await createVpn(admin, team);
    const bea = (await host.member('Bea', teamId, 'admin')).client;
    const path = `${team}/vpns/${vpn.id}`;
    const [first, second] = await Promise.all([
      admin.patch(path, { peerSubnets: ['10.251.0.0/24'] }, { ifMatch: '"1"' }),
      bea.patch(path, { peerSubnets: ['10.252.0.0/24'] }, { ifMatch: '"1"' }),
    ]);
    expect(new Set([first.status, second.status])).toEqual(new Set([200, 412]));
    const lost = first.status === 412 ? first : second;
    expect(await lost.json()).toMatchObject({
      code: 'changed_meanwhile',
      current: { id: vpn.id, revision: 2 },
    });
    expect((await list()).items).toMatchObject([{ revision: 2 }]);
    await body(await admin.patch(path, { name: 'x' }), 428);
  });

  test('a left-out field stays, and the activity names what changed', async () => {
    const vpn = await createVpn(admin, team, { peerId: 'gw.example.com' });
    host.clock.advance(1000);
    const changed = await body(
      await admin.patch(
        `${team}/vpns/${vpn.id}`,
        { peerId: null, preSharedKey: 'another good key' },
        { ifMatch: '"1"' },
      ),
      200,
    );
    expect(changed).toMatchObject({ peerId: null, peerIp: '1.2.3.4', ike: vpn.ike, revision: 2 });
    expect((await summaries())[0]).toBe('Changed the VPN Company data center: peer ID, pre-shared key.');
  });

  test('saving what is there already restarts nothing', async () => {
    const vpn = await createVpn(admin, team);
    expect(
      await body(await admin.patch(`${team}/vpns/${vpn.id}`, { peerIp: '1.2.3.4' }, { ifMatch: '"1"' }), 200),
    ).toMatchObject({ revision: 1 });
    expect(await summaries()).toHaveLength(1);
  });

  test('the key shows when it was changed, never what it is', async () => {
    const vpn = await createVpn(admin, team);
    host.clock.advance(60_000);
    const now = new Date(host.clock.now()).toISOString();
    const path = `${team}/vpns/${vpn.id}`;
    await body(await admin.patch(path, { dpdDelaySeconds: 60 }, { ifMatch: '"1"' }), 200);
    expect(await body(await admin.get(path), 200)).toMatchObject({
      preSharedKeyChangedAt: vpn.preSharedKeyChangedAt,
    });
    await body(await admin.patch(path, { preSharedKey: 'another good key' }, { ifMatch: '"2"' }), 200);
    expect(await body(await admin.get(path), 200)).toMatchObject({ preSharedKeyChangedAt: now });
  });

  test('a change that is wanted at once restarts the tunnels, and shows it: pending until the replica has applied it', async () => {
    const vpn = await createVpn(admin, team);
    const workspace = await createWorkspace(admin, team, 'api');
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await new FakeAgent(host.deps.hub).join((await createJoinToken(admin, team, 'api')).token);
    await agent.report([tunnelReport(vpn.id)]);
    expect((await list()).items[0]?.tunnels).toMatchObject({ wanted: 1, up: 1, worst: null });
    await body(
      await admin.patch(
        `${team}/vpns/${vpn.id}`,
        { peerIp: '1.2.3.5', rollout: { strategy: 'immediately' } },
        { ifMatch: '"1"' },
      ),
      200,
    );
    expect((await list()).items[0]?.tunnels).toMatchObject({
      up: 0,
      pending: 1,
      worst: { state: 'pending' },
    });
    await agent.report([tunnelReport(vpn.id, { appliedRevision: 2 })]);
    expect((await list()).items[0]?.tunnels).toMatchObject({ up: 1, pending: 0 });
  });
});

test('deleting takes the tunnels off the replicas', async () => {
  const vpn = await createVpn(admin, team);
  const workspace = await createWorkspace(admin, team, 'api');
  await connect(admin, team, vpn.id, workspace.id);
  const agent = await new FakeAgent(host.deps.hub).join((await createJoinToken(admin, team, 'api')).token);
  await agent.report([tunnelReport(vpn.id)]);
  host.clock.advance(1000);
  await body(await admin.delete(`${team}/vpns/${vpn.id}`), 204);
  await host.deps.hub.settled();
  expect(agent.last('desired').vpns).toEqual([]);
  expect(await names()).toEqual([]);
  expect((await summaries())[0]).toBe(
    'Deleted the VPN Company data center. Workspaces disconnected by that: 1.',
  );
});

describe('the list', () => {
  test('pages, sorts, and is searched by name, gateway and subnet', async () => {
    await createVpn(admin, team, { name: 'beta', peerIp: '1.2.3.9', peerSubnets: ['10.1.0.0/16'] });
    host.clock.advance(1000);
    await createVpn(admin, team, { name: 'Alpha', peerIp: '1.2.3.8', peerSubnets: ['10.2.0.0/16'] });
    host.clock.advance(1000);
    await createVpn(admin, team, { name: 'gamma', peerIp: '1.2.3.7', peerSubnets: ['10.3.0.0/16'] });
    expect(await names()).toEqual(['Alpha', 'beta', 'gamma']);
    expect(await names('?sort=-name')).toEqual(['gamma', 'beta', 'Alpha']);
    expect(await names('?sort=changed')).toEqual(['beta', 'Alpha', 'gamma']);
    expect(await names('?sort=peerIp')).toEqual(['gamma', 'Alpha', 'beta']);
    expect(await names('?search=ALPH')).toEqual(['Alpha']);
    expect(await names('?search=1.2.3.9')).toEqual(['beta']);
    expect(await names('?search=10.3.')).toEqual(['gamma']);
    expect(await names('?search=_')).toEqual([]);

    const first = await list('?limit=2');
    expect(first.total).toBe(3);
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Alpha', 'beta', 'gamma']);
    expect(second.nextCursor).toBeNull();
  });

  test('is filtered by how the tunnels stand', async () => {
    const workspace = await createWorkspace(admin, team, 'api');
    const agent = await new FakeAgent(host.deps.hub).join((await createJoinToken(admin, team, 'api')).token);
    const reports: Record<string, Partial<TunnelReport>> = {
      bad: { state: 'failed', diagnosis: { code: 'gateway_unreachable', parts: {}, log: [] } },
      odd: { diagnosis: { code: 'nothing_comes_back', parts: {}, log: [] } },
      busy: { state: 'connecting' },
      good: {},
    };
    let octet = 0;
    for (const [name, changes] of Object.entries(reports)) {
      octet += 1;
      const vpn = await createVpn(admin, team, { name, peerSubnets: [`10.${octet}.0.0/16`] });
      await connect(admin, team, vpn.id, workspace.id);
      await agent.report([tunnelReport(vpn.id, changes)]);
    }
    await createVpn(admin, team, { name: 'idle', peerSubnets: ['10.99.0.0/16'] });
    expect(await names('?state=failed')).toEqual(['bad']);
    expect(await names('?state=warning')).toEqual(['odd']);
    expect(await names('?state=connecting')).toEqual(['busy']);
    expect(await names('?state=up')).toEqual(['good']);
    expect(await names('?state=none')).toEqual(['idle']);
    expect(await names('?state=offline')).toEqual([]);
    expect((await list('?state=failed')).items[0]?.tunnels).toMatchObject({
      failed: 1,
      worst: { state: 'failed', short: expect.stringMatching(/gateway|answer/i) },
    });
    expect((await list('?state=warning')).items[0]?.tunnels).toMatchObject({
      up: 1,
      warning: 1,
      worst: { state: 'up', short: expect.stringMatching(/comes back/i) },
    });
    await agent.hangUp();
    expect(await list('?state=offline&limit=3')).toMatchObject({ total: 4 });
    const first = await list('?state=offline&limit=3');
    expect(await names(`?state=offline&limit=3&cursor=${first.nextCursor}`)).toEqual(['odd']);
  });
});
