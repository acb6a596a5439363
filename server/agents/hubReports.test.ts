import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { Tunnel } from '../../contract/tunnels.ts';
import { Replica } from '../../contract/workspaces.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace } from '../fixtures.ts';
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
    host.clock.advance(250);
    const heard: string[][] = [];
    host.deps.bus.subscribe(team.split('/').at(-1) ?? '', (topics) => heard.push(topics.toSorted()));
    await agent.report([tunnelReport(vpn.id), tunnelReport('vpn_gone')]);
    host.clock.advance(250);
    expect(await host.db.selectFrom('tunnel').selectAll().execute()).toEqual([]);
    // Nobody is told of it either: what a replica makes up would reach every dashboard of the team.
    expect(heard).toEqual([['vpns', `workspace:${workspace.id}`, 'workspaces']]);
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

  test('what an agent says at length is cut, or not taken at all', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const endless = 'x'.repeat(100_000);
    const agent = await newAgent('one').join(token, {
      ipsec: { ...incapable, reason: endless, fix: endless },
    });
    const [replica] = await replicas();
    expect(replica?.ipsec).toMatchObject({ reason: endless.slice(0, 1000), fix: endless.slice(0, 1000) });
    await agent.say({ type: 'ipsec', ipsec: { ...capable, strongswanVersion: endless } });
    expect((await replicas())[0]?.ipsec.strongswanVersion).toHaveLength(64);

    const parts = Object.fromEntries(Array.from({ length: 33 }, (_, at) => [`part${at}`, 'x'.repeat(500)]));
    await agent.report([tunnelReport(vpn.id, { diagnosis: { code: 'unknown', parts, log: [] } })]);
    expect(agent.closedWith?.code).toBe(4400);
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
