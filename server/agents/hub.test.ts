import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { Tunnel } from '../../contract/tunnels.ts';
import { Replica } from '../../contract/workspaces.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace, guideVpn } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';
import { capable, FakeAgent, incapable, tunnelReport } from './fakeAgent.ts';
import { createAgentHub } from './hub.ts';

let host: TestApp;
let admin: TestClient;
let team: string;
let workspace: { id: string };
let token: string;

beforeEach(async () => {
  host = await createTestApp();
  const created = await host.addTeam();
  team = created.path;
  admin = (await host.member('Ada', created.id, 'admin')).client;
  workspace = await createWorkspace(admin, team, 'api');
  ({ token } = await createJoinToken(admin, team, workspace.id));
});

const replicas = async () =>
  page(Replica).parse(await body(await admin.get(`${team}/workspaces/${workspace.id}/replicas`), 200)).items;

const tunnels = async (vpnId: string) =>
  page(Tunnel).parse(await body(await admin.get(`${team}/vpns/${vpnId}/tunnels`), 200)).items;

const newAgent = (name: string) => new FakeAgent(host.deps.hub, name);

describe('joining', () => {
  test('machines that join with one token become replicas, numbered as they come', async () => {
    const one = await newAgent('one').join(token);
    const two = await newAgent('two').join(token);
    expect([one.replica.name, two.replica.name]).toEqual(['api-1', 'api-2']);
    expect(one.last('welcome').workspace).toEqual({ id: workspace.id, name: 'api' });
    expect((await replicas()).map(({ name, online, platform }) => [name, online, platform])).toEqual([
      ['api-1', true, 'linux-x64'],
      ['api-2', true, 'linux-x64'],
    ]);
  });

  test('a replica that comes back is the same replica', async () => {
    const agent = await newAgent('one').join(token);
    const { id } = agent.replica;
    await agent.hangUp();
    await agent.join(token);
    expect(agent.replica).toEqual({ id, name: 'api-1' });
    expect(await replicas()).toHaveLength(1);
  });

  test('the number of a removed replica is given to the next', async () => {
    const one = await newAgent('one').join(token);
    await newAgent('two').join(token);
    await body(await admin.delete(`${team}/replicas/${one.replica.id}`), 204);
    expect((await newAgent('three').join(token)).replica.name).toBe('api-1');
    expect((await newAgent('four').join(token)).replica.name).toBe('api-3');
  });

  test('nobody takes over a replica by its key alone', async () => {
    await newAgent('one').join(token);
    const thief = await newAgent('one').join(token, { secret: 'another secret'.padEnd(40, '!') });
    expect(thief.closedWith?.code).toBe(4400);
    expect(thief.all('desired')).toEqual([]);
    expect((await replicas()).map(({ online }) => online)).toEqual([true]);
  });

  test('a second connection of the same replica takes over from the first', async () => {
    const first = await newAgent('one').join(token);
    const second = await newAgent('one').join(token);
    expect(first.closedWith?.code).toBe(4409);
    expect(second.closedWith).toBeNull();
    await first.hangUp();
    expect((await replicas()).map(({ online }) => online)).toEqual([true]);
  });

  test('an agent of another protocol is told to update', async () => {
    const agent = await newAgent('one').dial(token);
    await agent.say({
      type: 'hello',
      protocol: 99,
      replica: { key: 'k'.repeat(20), secret: 's'.repeat(40) },
      hostname: 'host',
      platform: 'linux-x64',
      agentVersion: '9',
      ipsec: capable,
    });
    expect(agent.closedWith).toEqual({
      code: 4400,
      reason: 'This server speaks protocol 1: update the agent.',
    });
  });

  test('a connection that stays silent is ended', async () => {
    const agent = await newAgent('one').dial(token);
    host.clock.advance(10_000);
    expect(agent.closedWith?.code).toBe(4400);
  });

  test('an expired token admits no new replica, and keeps those that joined', async () => {
    const agent = await newAgent('one').join(token);
    await host.db
      .updateTable('token')
      .set({ expires_at: '2026-01-01T00:00:00.000Z' })
      .where('kind', '=', 'join')
      .execute();
    await agent.hangUp();
    expect((await agent.join(token)).closedWith).toBeNull();
    expect((await newAgent('two').join(token)).closedWith?.code).toBe(4401);
  });
});

describe('messages that break the protocol', () => {
  test.each([
    ['no JSON', 'hello'],
    ['no message of the protocol', '{"type":"drop-tables"}'],
    ['a report before the hello', '{"type":"tunnels","complete":true,"tunnels":[]}'],
    ['U+0000, which not every database can store', '{"type":"token-stored","tokenId":"a\\u0000"}'],
  ])('%s ends the connection, and stays out of the log', async (_what, text) => {
    const agent = await newAgent('one').dial(token);
    await agent.sayText(text);
    expect(agent.closedWith?.code).toBe(4400);
    expect(JSON.stringify(host.logLines)).not.toContain(text.slice(0, 14));
  });

  test('one bad agent doesn’t disturb the others', async () => {
    const good = await newAgent('one').join(token);
    const bad = await newAgent('two').join(token);
    await bad.sayText('{');
    await bad.hangUp();
    expect(good.closedWith).toBeNull();
    expect((await replicas()).map(({ online }) => online)).toEqual([true, false]);
  });

  test('absurd numbers are kept within what can be stored', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token);
    await agent.report([tunnelReport(vpn.id, { bytesIn: 1e300, bytesOut: -5 })]);
    expect(await tunnels(vpn.id)).toMatchObject([{ bytesIn: Number.MAX_SAFE_INTEGER, bytesOut: 0 }]);
  });
});

describe('what replicas should do', () => {
  test('a replica is told everything when it comes, with a key and an identity of its own', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const one = await newAgent('one').join(token);
    const two = await newAgent('two').join(token);
    const [desired] = one.last('desired').vpns;
    expect(desired).toMatchObject({
      id: vpn.id,
      revision: 1,
      ike: guideVpn.ike,
      preSharedKey: guideVpn.preSharedKey,
      peerIp: '1.2.3.4',
      peerId: '1.2.3.4',
      peerSubnets: ['10.250.0.0/24'],
    });
    expect(desired?.localId).toMatch(/^api-1\.[a-z2-7]{20}\.culvert$/);
    expect(two.last('desired').vpns[0]?.localId).not.toBe(desired?.localId);
  });

  test('a change reaches the replicas it concerns, and no others', async () => {
    const vpn = await createVpn(admin, team);
    const other = await createWorkspace(admin, team, 'web');
    const elsewhere = await newAgent('two').join((await createJoinToken(admin, team, other.id)).token);
    const agent = await newAgent('one').join(token);
    await connect(admin, team, vpn.id, workspace.id);
    await host.deps.hub.settled();
    expect(agent.last('desired').vpns).toMatchObject([{ id: vpn.id, revision: 1 }]);

    await body(await admin.patch(`${team}/vpns/${vpn.id}`, { peerIp: '1.2.3.5' }, { ifMatch: '"1"' }), 200);
    await host.deps.hub.settled();
    expect(agent.last('desired').vpns).toMatchObject([{ revision: 2, peerIp: '1.2.3.5' }]);

    await body(await admin.delete(`${team}/vpns/${vpn.id}/workspaces/${workspace.id}`), 204);
    await host.deps.hub.settled();
    expect(agent.last('desired').vpns).toEqual([]);
    expect(elsewhere.all('desired')).toHaveLength(1);
  });

  test('however many changes come at once, a replica never hears an older state after a newer one', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token);
    for (let revision = 1; revision <= 20; revision += 1) {
      await body(
        await admin.patch(`${team}/vpns/${vpn.id}`, { dpdDelaySeconds: 30 + revision }, { ifMatch: '*' }),
        200,
      );
    }
    await host.deps.hub.settled();
    const revisions = agent.all('desired').map(({ vpns }) => vpns[0]?.revision ?? 0);
    expect(revisions.at(-1)).toBe(21);
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
  });

  test('where a key can’t be opened the replica keeps what it has, and the log says which VPN', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    await host.db.updateTable('vpn').set({ psk_sealed: 'damaged' }).execute();
    const agent = await newAgent('one').join(token);
    expect(agent.all('desired')).toEqual([]);
    expect(host.logLines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ vpn: vpn.id }) }),
    );
  });

  test('while the database fails nothing is lost: it is sent when it works again', async () => {
    const vpn = await createVpn(admin, team);
    const agent = await newAgent('one').join(token);
    await connect(admin, team, vpn.id, workspace.id);
    await host.deps.hub.settled();
    const { db } = host;
    let broken = true;
    const failing = new Proxy(db, {
      get(target, name) {
        if (name === 'selectFrom' && broken) throw new Error('The database is away.');
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const hub = createAgentHub({ ...host.deps, db: failing });
    broken = false;
    await agent.hangUp();
    const other = new FakeAgent(hub, 'one');
    await other.join(token);
    broken = true;
    hub.desiredChanged([workspace.id]);
    await hub.settled();
    expect(other.all('desired')).toHaveLength(1);
    broken = false;
    host.clock.advance(2_000);
    await hub.settled();
    expect(other.all('desired')).toHaveLength(2);
  });
});

describe('what replicas report', () => {
  test('reports wait a moment for others and are written in one transaction', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const one = await newAgent('one').join(token);
    const two = await newAgent('two').join(token);
    await one.say({
      type: 'tunnels',
      complete: false,
      tunnels: [tunnelReport(vpn.id, { state: 'connecting' })],
    });
    await one.say({ type: 'tunnels', complete: false, tunnels: [tunnelReport(vpn.id)] });
    await two.say({ type: 'tunnels', complete: false, tunnels: [tunnelReport(vpn.id)] });
    expect((await tunnels(vpn.id)).map(({ state }) => state)).toEqual(['pending', 'pending']);
    host.clock.advance(50);
    await host.deps.hub.settled();
    expect((await tunnels(vpn.id)).map(({ state }) => state)).toEqual(['up', 'up']);
  });

  test('a complete report forgets what it doesn’t name; others leave the rest as it is', async () => {
    const vpn = await createVpn(admin, team);
    const second = await createVpn(admin, team, {
      name: 'Second',
      peerSubnets: ['10.9.0.0/24'],
      peerIp: '1.2.3.9',
    });
    await connect(admin, team, vpn.id, workspace.id);
    await connect(admin, team, second.id, workspace.id);
    const agent = await newAgent('one').join(token);
    await agent.report([tunnelReport(vpn.id), tunnelReport(second.id)], true);
    await agent.report([tunnelReport(vpn.id, { bytesIn: 7 })]);
    expect((await tunnels(second.id)).map(({ state }) => state)).toEqual(['up']);
    await agent.report([tunnelReport(vpn.id)], true);
    expect((await tunnels(second.id)).map(({ state }) => state)).toEqual(['pending']);
  });

  test('a report of a VPN that is disconnected or deleted is dropped', async () => {
    const vpn = await createVpn(admin, team);
    const agent = await newAgent('one').join(token);
    await agent.report([tunnelReport(vpn.id), tunnelReport('vpn_gone')]);
    expect(await host.db.selectFrom('tunnel').selectAll().execute()).toEqual([]);
  });

  test('counters that merely grow don’t have the lists read again', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token);
    await agent.report([tunnelReport(vpn.id)]);
    const heard: string[][] = [];
    const teamId = team.split('/').at(-1) ?? '';
    host.clock.advance(250);
    host.deps.bus.subscribe(teamId, (topics) => heard.push(topics.toSorted()));
    await agent.report([tunnelReport(vpn.id, { bytesIn: 5000 })]);
    host.clock.advance(250);
    await agent.report([tunnelReport(vpn.id, { state: 'failed' })]);
    host.clock.advance(250);
    const narrow = [`vpn:${vpn.id}`, `workspace:${workspace.id}`];
    expect(heard).toEqual([narrow, [`vpn:${vpn.id}`, 'vpns', `workspace:${workspace.id}`, 'workspaces']]);
  });

  test('a replica that can’t do IPsec says why, and is mended without joining again', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token, { ipsec: incapable });
    expect(await tunnels(vpn.id)).toMatchObject([
      { state: 'unsupported', diagnosis: { here: { command: 'sudo modprobe tun' } } },
    ]);
    await agent.say({ type: 'ipsec', ipsec: capable });
    expect((await tunnels(vpn.id)).map(({ state }) => state)).toEqual(['pending']);
  });
});

describe('going away', () => {
  test('a replica that goes is offline since then, and its tunnel shows the last known', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token);
    await agent.report([tunnelReport(vpn.id)]);
    host.clock.advance(60_000);
    await agent.hangUp();
    const gone = new Date(host.clock.now()).toISOString();
    expect(await replicas()).toMatchObject([{ online: false, since: gone }]);
    expect(await tunnels(vpn.id)).toMatchObject([{ state: 'offline', lastState: 'up', since: gone }]);
  });

  test('after a crash, whoever doesn’t come back is offline since the server was last there', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    await host.deps.hub.start();
    const stays = await newAgent('one').join(token);
    await stays.report([tunnelReport(vpn.id)]);
    await newAgent('two').join(token);
    host.clock.advance(10_000);
    // Waits its turn behind the note that the server makes of itself.
    await host.db.selectFrom('setting').selectAll().execute();
    const lastBeat = new Date(host.clock.now()).toISOString();
    host.clock.advance(4_000);

    // The next run, on the same database; nobody said goodbye to the first.
    const hub = createAgentHub({ ...host.deps });
    await hub.start();
    expect((await replicas()).map(({ online, since }) => [online, since])).toEqual([
      [false, lastBeat],
      [false, lastBeat],
    ]);
    expect(await tunnels(vpn.id)).toMatchObject([{ state: 'offline', lastState: 'up' }, { lastState: null }]);
    const again = await new FakeAgent(hub, 'one').join(token);
    expect(again.replica.name).toBe('api-1');
    expect((await replicas()).map(({ online }) => online)).toEqual([true, false]);
    // Its tunnel was never down, and what is known of it wasn't lost.
    expect(await tunnels(vpn.id)).toMatchObject([{ state: 'up' }, { state: 'offline' }]);
  });

  test('a clean stop says goodbye, and writes what waits', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token);
    await agent.say({ type: 'tunnels', complete: false, tunnels: [tunnelReport(vpn.id)] });
    await host.deps.hub.close();
    expect(agent.closedWith?.code).toBe(1012);
    expect(await tunnels(vpn.id)).toMatchObject([{ state: 'offline', lastState: 'up' }]);
  });
});
