import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { Tunnel } from '../../contract/tunnels.ts';
import { Replica } from '../../contract/workspaces.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';
import { capable, FakeAgent, tunnelReport } from './fakeAgent.ts';

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
      boot: 'boot-1',
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

  test('an agent that floods the server is cut off', async () => {
    const agent = await newAgent('one').join(token);
    const ipsec = { type: 'ipsec', ipsec: capable } as const;
    await Promise.all(Array.from({ length: 101 }, () => agent.say(ipsec)));
    expect(agent.closedWith?.code).toBe(4400);
  });

  test('absurd numbers are kept within what can be stored', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token);
    await agent.report([tunnelReport(vpn.id, { bytesIn: 1e300, bytesOut: -5 })]);
    expect(await tunnels(vpn.id)).toMatchObject([{ bytesIn: Number.MAX_SAFE_INTEGER, bytesOut: 0 }]);
  });
});
