import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import { Applied } from './applied.ts';
import { ChangeRecords } from './change/changeRecords.ts';
import { capable, guideVpn } from './desiredVpn.testing.ts';
import { FakeCharon, ManualClock } from './fakeCharon.testing.ts';
import { openSession, type Session } from './session.ts';
import { Tunnels } from './tunnels.ts';

const v2 = (changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] }, ...changes });

let folder: string;
let clock: ManualClock;
let charon: FakeCharon;
let applied: Applied;
let tunnels: Tunnels;
let session: Session;
let reported: { reports: TunnelReport[]; complete: boolean }[];

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const makeTunnels = () =>
  new Tunnels({
    clock,
    applied,
    records: ChangeRecords.open(folder),
    ask: async () => true,
    random: () => 0.5,
    capability: () => capable,
    log: silent,
    onIdle: () => undefined,
    onReport: (reports, complete) => reported.push({ reports, complete }),
  });

const connect = () =>
  openSession({ socket: charon.socket, process: { pid: 1, startTime: '1' }, tunInterface: 'ipsec0', clock });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-tunnels-'));
  clock = new ManualClock();
  charon = await FakeCharon.start();
  applied = Applied.open(folder);
  reported = [];
  tunnels = makeTunnels();
  session = await connect();
  tunnels.attach(session);
});

afterEach(async () => {
  const done = tunnels.detach();
  session.close();
  await done;
  charon.close();
  rmSync(folder, { recursive: true });
});

const report = (id = 'vpn_guide') => tunnels.reports().find(({ vpnId }) => vpnId === id);

/** Lets I/O happen, moving the clock by `stepMs` each time, until it holds. */
async function eventually(condition: () => boolean, stepMs = 0): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    if (condition()) return;
    clock.advance(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`Never: ${condition.toString()}; ${JSON.stringify(report())}; ${charon.told.join(', ')}`);
}

test('a VPN is loaded and initiated once, and the same again tells charon nothing', async () => {
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'up');
  expect(charon.told).toEqual(['load-shared vpn_guide', 'load-conn vpn_guide', 'initiate vpn_guide net']);
  expect(report()).toMatchObject({
    attempt: 0,
    virtualIp: '10.200.0.1',
    appliedRevision: 1,
    diagnosis: null,
  });
  tunnels.apply([v2()]);
  tunnels.apply([v2({ name: 'renamed', revision: 2 })]);
  await eventually(() => report()?.appliedRevision === 2, 100);
  expect(charon.told).toHaveLength(3);
});

test('IKEv1 initiates one child per subnet, and is up after a moment’s doubt', async () => {
  tunnels.apply([guideVpn({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] })]);
  await eventually(() => charon.told.includes('initiate vpn_guide net1'));
  expect(report()?.state).toBe('connecting');
  await eventually(() => report()?.state === 'up', 50);
  expect(charon.told.slice(2)).toEqual(['initiate vpn_guide net0', 'initiate vpn_guide net1']);
});

test('a changed key comes up beside the tunnel, then the old one ends', async () => {
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'up');
  charon.told.length = 0;
  tunnels.apply([v2({ preSharedKey: 'another', revision: 2 })]);
  await eventually(() => report()?.state === 'up' && report()?.appliedRevision === 2);
  await eventually(() => charon.told.length === 6);
  expect(charon.told).toEqual([
    'load-shared vpn_guide+1',
    'load-conn vpn_guide+1',
    'initiate vpn_guide+1 net',
    'terminate vpn_guide',
    'unload-conn vpn_guide',
    'unload-shared vpn_guide',
  ]);
  expect(reported.flatMap(({ reports }) => reports).every(({ state }) => state !== 'failed')).toBe(true);
});

test('a removed VPN is terminated and unloaded, and no longer reported', async () => {
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'up');
  charon.told.length = 0;
  tunnels.apply([]);
  await eventually(() => tunnels.idle);
  expect(charon.told).toEqual(['terminate vpn_guide', 'unload-conn vpn_guide', 'unload-shared vpn_guide']);
  expect(tunnels.reports()).toEqual([]);
  await eventually(() => reported.at(-1)?.complete === true && reported.at(-1)?.reports.length === 0, 100);
});

test('a VPN that is removed and wanted again at once comes up again', async () => {
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'up');
  tunnels.apply([]);
  tunnels.apply([v2({ revision: 2 })]);
  await eventually(() => report()?.state === 'up' && report()?.appliedRevision === 2);
});

test('after a refusal it waits longer and longer, and `retry` tries at once', async () => {
  charon.outcome = () => 'received NO_PROPOSAL_CHOSEN notify error';
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'failed');
  expect(report()).toMatchObject({ attempt: 1, diagnosis: { code: 'ike_suite_refused' } });
  const waits = [Date.parse(report()?.nextTryAt ?? '') - clock.now()];
  for (const attempt of [2, 3]) {
    await eventually(() => report()?.attempt === attempt && report()?.state === 'failed', 500);
    waits.push(Math.round((Date.parse(report()?.nextTryAt ?? '') - clock.now()) / 1000) * 1000);
  }
  expect(waits).toEqual([5000, 10_000, 20_000]);
  charon.outcome = () => null;
  tunnels.get('vpn_guide')?.retry();
  await eventually(() => report()?.state === 'up');
  expect(report()).toMatchObject({ attempt: 0, diagnosis: null, nextTryAt: null });
});

test('a change is applied at once, also in the middle of a wait', async () => {
  charon.outcome = () => 'received NO_PROPOSAL_CHOSEN notify error';
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'failed');
  charon.outcome = () => null;
  tunnels.apply([v2({ revision: 2, esp: { lifetimeSeconds: 300, proposals: ['aes256-sha256'] } })]);
  await eventually(() => report()?.state === 'up' && report()?.appliedRevision === 2);
});

test('a tunnel that the gateway closed comes back by itself', async () => {
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'up');
  charon.drop('vpn_guide');
  await eventually(() => report()?.state === 'connecting', 100);
  await eventually(() => report()?.state === 'up', 100);
  expect(charon.told.filter((command) => command.startsWith('initiate'))).toHaveLength(2);
});

test('when the connection to charon breaks, a tunnel that is still up is taken over as it is', async () => {
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'up');
  charon.told.length = 0;
  charon.hangUp();
  await session.closed;
  session = await connect();
  tunnels.attach(session);
  await eventually(() => report()?.state === 'up');
  expect(charon.told).toEqual([]);
});

test('what an earlier agent left and nobody wants is taken away once it is known what is wanted', async () => {
  tunnels.apply([v2({ id: 'vpn_old' })]);
  await eventually(() => report('vpn_old')?.state === 'up');
  await tunnels.detach();
  session.close();
  charon.told.length = 0;
  tunnels = makeTunnels();
  session = await connect();
  tunnels.attach(session);
  await session.refresh();
  expect(charon.told).toEqual([]);
  tunnels.apply([]);
  await eventually(() => charon.told.length === 3);
  expect(charon.told).toEqual(['terminate vpn_old', 'unload-conn vpn_old', 'unload-shared vpn_old']);
});

test('no report holds the key', async () => {
  charon.outcome = () => 'received AUTHENTICATION_FAILED notify error';
  tunnels.apply([v2()]);
  await eventually(() => report()?.state === 'failed');
  expect(report()?.diagnosis?.code).toBe('psk_differs_v2');
  await eventually(() => reported.length > 0, 50);
  expect(JSON.stringify(reported)).not.toContain(v2().preSharedKey);
});
