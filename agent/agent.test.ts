import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentClose } from '../contract/agentProtocol.ts';
import { startAgent } from './agent.ts';
import type { Agent, AgentOptions } from './agent.ts';
import { systemClock } from './ipsec/clock.ts';
import { createLog } from './log.ts';
import { capable, createFakeIpsec, exampleReport } from './testing/fakeIpsec.ts';
import type { FakeIpsec } from './testing/fakeIpsec.ts';
import { startFakeServer, welcome } from './testing/fakeServer.ts';
import type { Dialled, FakeServer } from './testing/fakeServer.ts';
import { exampleVpn } from './testing/exampleVpn.ts';

const token = `culv_join_${'a'.repeat(43)}`;
let parent: string;
let stateDir: string;
let server: FakeServer;
let ipsec: FakeIpsec;
let agents: Agent[];
let lines: string[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'agent-'));
  stateDir = join(parent, 'state');
  server = await startFakeServer();
  ipsec = createFakeIpsec();
  agents = [];
  lines = [];
});
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.close({ keepTunnels: true })));
  await server.kill();
  await rm(parent, { recursive: true, force: true });
});

async function start(change: Partial<AgentOptions> = {}): Promise<Agent> {
  const agent = await startAgent({
    server: server.url,
    token,
    stateDir,
    folder: parent,
    secretsDir: join(parent, 'secrets'),
    boot: null,
    name: 'builder',
    replace: false,
    log: createLog((line) => lines.push(line)),
    clock: systemClock,
    random: () => 0,
    createIpsec: ipsec.create,
    ...change,
  });
  agents.push(agent);
  return agent;
}

async function stop(agent: Agent): Promise<void> {
  agents = agents.filter((other) => other !== agent);
  await agent.close({ keepTunnels: true });
}

/** Dialled, greeted and welcomed, the first complete report taken. */
async function joined(): Promise<Dialled> {
  const dialled = await server.dialled();
  await dialled.nextOf('hello');
  dialled.send(welcome);
  await dialled.nextOf('tunnels');
  return dialled;
}

const problem = (code: string) =>
  JSON.stringify({ type: 'about:blank', title: 'No.', status: 401, code, requestId: 'r' });

describe('joining', () => {
  test('the token is in the header, the identity in the hello', async () => {
    await start();
    const dialled = await server.dialled();
    expect(dialled).toMatchObject({ path: '/agent/v1/connect', authorization: `Bearer ${token}` });
    const hello = await dialled.nextOf('hello');
    const { key, secret } = JSON.parse(await readFile(join(stateDir, 'identity.json'), 'utf8'));
    expect(hello).toMatchObject({
      protocol: 1,
      hostname: 'builder',
      ipsec: capable,
      replica: { key, secret },
    });
    expect(hello.agentVersion).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('after the welcome comes everything there is to say', async () => {
    ipsec.tunnels = [exampleReport()];
    await start();
    const dialled = await server.dialled();
    await dialled.nextOf('hello');
    ipsec.capability = { ...capable, backend: 'kernel' };
    dialled.send(welcome);
    expect(await dialled.nextOf('ipsec')).toEqual({ type: 'ipsec', ipsec: ipsec.capability });
    expect(await dialled.nextOf('tunnels')).toEqual({
      type: 'tunnels',
      complete: true,
      tunnels: [exampleReport()],
    });
  });

  test('the status file says where it is connected', async () => {
    const agent = await start();
    await joined();
    await expect
      .poll(() => readFile(join(stateDir, 'status'), 'utf8').catch(() => null))
      .toBe(`Connected to ${server.url.origin} as replica dev-1 of workspace dev.\n`);
    await stop(agent);
    expect(await readdir(stateDir)).not.toContain('status');
  });

  test('it needs a token once', async () => {
    await expect(start({ token: null })).rejects.toThrow('Give the agent a join token');
    await stop(await start());
    await start({ token: null });
    expect((await server.dialled()).authorization).toBe(`Bearer ${token}`);
  });

  test('a second agent on the same state is refused', async () => {
    await start();
    await expect(start()).rejects.toThrow('already uses');
  });
});

describe('orders', () => {
  test('a desired state is applied and kept', async () => {
    await start();
    const dialled = await joined();
    const vpns = [exampleVpn()];
    dialled.send({ type: 'desired', vpns });
    dialled.send({ type: 'retry', vpnId: 'vpn_1' });
    dialled.send({
      type: 'verify',
      id: 'ver_1',
      vpnId: 'vpn_1',
      address: '10.250.0.5',
      port: null,
      timeoutMs: 100,
    });
    expect(await dialled.nextOf('verified')).toMatchObject({
      id: 'ver_1',
      state: 'failed',
      code: 'no_tunnel',
    });
    expect(ipsec.asked).toEqual([vpns, { retry: 'vpn_1' }]);
    await stop(agents[0] ?? expect.fail('no agent'));
    const path = join(stateDir, 'desired.json');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ vpns, changes: [] });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(lines.join('')).not.toContain(exampleVpn().preSharedKey);
  });

  test('the desired state is applied again at the next start, without a server', async () => {
    const first = await start();
    const vpn = exampleVpn({ revision: 2 });
    const change = { vpnId: vpn.id, previous: exampleVpn(), limitMs: 60_000, check: null };
    (await joined()).send({ type: 'desired', vpns: [vpn], changes: [change] });
    await expect.poll(() => ipsec.asked.length).toBe(1);
    await stop(first);
    await server.kill();
    ipsec = createFakeIpsec();
    await start();
    expect(ipsec.asked).toEqual([[vpn]]);
    expect(ipsec.changes).toEqual([change]);
  });

  test('a verification starts at the virtual IP', async () => {
    ipsec.virtualIp = '127.0.0.9';
    await start();
    const dialled = await joined();
    const port = Number(server.url.port);
    dialled.send({
      type: 'verify',
      id: 'ver_2',
      vpnId: 'vpn_1',
      address: '127.0.0.1',
      port,
      timeoutMs: 1_000,
    });
    expect(await dialled.nextOf('verified')).toMatchObject({ id: 'ver_2', state: 'succeeded', code: null });
  });

  test('changed tunnels are reported as they change', async () => {
    await start();
    const dialled = await joined();
    ipsec.options().onReport([exampleReport({ state: 'connecting' })], false);
    expect(await dialled.nextOf('tunnels')).toMatchObject({
      complete: false,
      tunnels: [{ state: 'connecting' }],
    });
  });

  test('a report too long for one message goes without its log lines', async () => {
    await start();
    const dialled = await joined();
    const diagnosis = {
      code: 'peer_silent',
      parts: {},
      log: Array.from({ length: 20 }, () => 'x'.repeat(500)),
    };
    const tunnels = Array.from({ length: 40 }, () => exampleReport({ state: 'failed', diagnosis }));
    ipsec.options().onReport(tunnels, true);
    const report = await dialled.nextOf('tunnels');
    expect(report.tunnels).toHaveLength(40);
    expect(report.tunnels[39]?.diagnosis).toEqual({ ...diagnosis, log: [] });
  });

  test('a rotated token is on disk before it is confirmed, and used at the next dial', async () => {
    await start();
    const dialled = await joined();
    const rotated = `culv_join_${'b'.repeat(43)}`;
    dialled.send({ type: 'token', tokenId: 'tok_2', token: rotated });
    expect(await dialled.nextOf('token-stored')).toEqual({ type: 'token-stored', tokenId: 'tok_2' });
    expect(await readFile(join(stateDir, 'token.json'), 'utf8')).toContain(rotated);
    dialled.socket.close(agentClose.restart);
    expect((await server.dialled()).authorization).toBe(`Bearer ${rotated}`);
    expect(lines.join('')).not.toContain('bbbb');
  });
});

describe('farewell', () => {
  const gone = [{ close: { keepTunnels: false } }];

  test.each([
    ['revoked', agentClose.revoked],
    ['removed', agentClose.removed],
  ] as const)('a replica that was %s takes tunnels, keys and state away', async (reason, code) => {
    const agent = await start();
    const dialled = await joined();
    dialled.socket.close(code);
    expect(await agent.dismissed).toBe(reason);
    expect(ipsec.asked).toEqual(gone);
    expect(await readdir(parent)).toEqual([]);
  });

  test('a revoked token at the door is final too', async () => {
    server.refuseWith({ status: 401, body: problem('token_revoked') });
    const agent = await start();
    expect(await agent.dismissed).toBe('revoked');
    expect(ipsec.asked).toEqual(gone);
    expect(await readdir(parent)).toEqual([]);
  });

  test.each([
    ['an unknown token', 401, problem('token_unknown')],
    ['a revoked token in an answer that is no 401', 403, problem('token_revoked')],
    ['somebody else’s page', 401, '<html>token_revoked</html>'],
    ['a proxy’s error', 502, ''],
  ])('%s is not: everything stays and it keeps trying', async (_what, status, body) => {
    server.refuseWith({ status, body });
    await start();
    await server.refused();
    await server.refused();
    server.refuseWith(null);
    await joined();
    expect(ipsec.asked).toEqual([]);
    expect(await readdir(stateDir)).toContain('identity.json');
  });
});

describe('losing the server', () => {
  test('a test of settings ends with the connection that asked for it', async () => {
    await start();
    const dialled = await joined();
    dialled.send({ type: 'try', id: 'try_1', vpn: exampleVpn(), timeoutMs: 20_000 });
    await expect.poll(() => ipsec.trials.map(({ signal }) => signal.aborted)).toEqual([false]);
    await server.kill();
    await expect.poll(() => ipsec.trials.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  test('it is back when the server is, and says everything again', async () => {
    await start();
    (await joined()).send({ type: 'desired', vpns: [exampleVpn()] });
    await expect.poll(() => ipsec.asked.length).toBe(1);
    await server.kill();
    server = await startFakeServer(Number(server.url.port));
    ipsec.tunnels = [exampleReport()];
    const again = await server.dialled();
    await again.nextOf('hello');
    again.send(welcome);
    expect(await again.nextOf('tunnels')).toMatchObject({ complete: true, tunnels: [exampleReport()] });
    expect(ipsec.asked).toEqual([[exampleVpn()]]);
  });
});
