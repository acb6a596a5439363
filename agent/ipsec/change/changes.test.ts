import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn, SafeChange, TunnelReport } from '../../../contract/agentProtocol.ts';
import { Applied } from '../applied.ts';
import { capable, guideVpn } from '../desiredVpn.testing.ts';
import { FakeCharon, ManualClock } from '../fakeCharon.testing.ts';
import { openSession, type Session } from '../session.ts';
import { Tunnels } from '../tunnels.ts';
import { ChangeRecords } from './changeRecords.ts';

const REFUSED = 'received NO_PROPOSAL_CHOSEN notify error';
const SILENT = 'giving up after 3 retransmits';
const NEW = 'vpn_guide+1';

let folder: string;
let clock: ManualClock;
let charon: FakeCharon;
let applied: Applied;
let records: ChangeRecords;
let tunnels: Tunnels;
let session: Session;
let answers: boolean;
let states: string[];

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An agent that starts, with what the one before left on disk and in charon. */
async function startAgent(): Promise<void> {
  applied = Applied.open(folder);
  records = ChangeRecords.open(folder);
  tunnels = new Tunnels({
    clock,
    applied,
    records,
    ask: async () => answers,
    random: () => 0.5,
    capability: () => capable,
    log: silent,
    onIdle: () => undefined,
    onReport: (reports) => {
      for (const { state } of reports) states.push(state);
    },
  });
  const process = { pid: 1, startTime: '1' };
  session = await openSession({ socket: charon.socket, process, tunInterface: 'ipsec0', clock });
  tunnels.attach(session);
}

async function stopAgent(): Promise<void> {
  const done = tunnels.detach();
  session.close();
  await Promise.all([done, applied.settled(), records.settled()]);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-changes-'));
  clock = new ManualClock();
  charon = await FakeCharon.start();
  answers = true;
  states = [];
  await startAgent();
});

afterEach(async () => {
  await stopAgent();
  charon.close();
  rmSync(folder, { recursive: true });
});

const report = (): TunnelReport | undefined => tunnels.reports()[0];

/** Lets I/O happen, moving the clock by `stepMs` each time, until it holds. What is written takes no time on this clock. */
async function eventually(condition: () => boolean, stepMs = 20): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    if (condition()) return;
    clock.advance(stepMs);
    await Promise.all([applied.settled(), records.settled()]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`Never: ${condition.toString()}; ${JSON.stringify(report())}; ${charon.told.join(', ')}`);
}

const versions = [1, 2] as const;
const of = (version: 1 | 2, change: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ ike: { version, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] }, ...change });
const tried = (version: 1 | 2, change: Partial<DesiredVpn> = {}): DesiredVpn =>
  of(version, { revision: 2, preSharedKey: 'another', ...change });
const safe = (version: 1 | 2, change: Partial<SafeChange> = {}): SafeChange => ({
  vpnId: 'vpn_guide',
  previous: of(version),
  limitMs: 60_000,
  check: null,
  ...change,
});
const check = { address: '10.250.0.5', port: null };

/** Up with the settings of before; what charon is told counts from here on. */
async function up(version: 1 | 2): Promise<void> {
  tunnels.apply([of(version)]);
  await eventually(() => report()?.state === 'up');
  charon.told.length = 0;
  states.length = 0;
}

const change = () => report()?.change ?? null;
const isOver = (revision = 2) => change()?.revision === revision && change()?.state !== 'trying';
const initiated = () => charon.told.filter((command) => command.startsWith('initiate')).length;
/** Only what comes up beside it may be touched. */
const touched = () => charon.told.filter((command) => / vpn_guide(?: |$)/.test(command));
const outcome = () =>
  `${change()?.state} ${change()?.reason ?? '-'} ${change()?.diagnosis?.code ?? '-'}, revision ${report()?.appliedRevision}`;

describe.each(versions)('IKEv%i', (version) => {
  const transitions: [string, Partial<SafeChange>, () => void, string][] = [
    ['it comes up', {}, () => undefined, 'kept - -, revision 2'],
    ['it comes up and the check is answered', { check }, () => undefined, 'kept - -, revision 2'],
    ['the check isn’t answered', { check }, () => (answers = false), 'went-back no-answer -, revision 1'],
    [
      'nothing comes back',
      {},
      () => (charon.traffic = (connection) => ({ in: 0, out: connection === NEW ? 84 : 0 })),
      'went-back no-answer -, revision 1',
    ],
    [
      'the gateway refuses it',
      {},
      () => (charon.outcome = (connection) => (connection === NEW ? REFUSED : null)),
      'went-back failed ike_suite_refused, revision 1',
    ],
    [
      'the gateway refuses it once',
      {},
      () => {
        let refusals = 0;
        charon.outcome = (connection) => (connection === NEW && (refusals += 1) === 1 ? REFUSED : null);
      },
      'kept - -, revision 2',
    ],
    [
      'the gateway doesn’t answer',
      {},
      () => (charon.outcome = (connection) => (connection === NEW ? SILENT : null)),
      'went-back failed unknown, revision 1',
    ],
  ];

  test.each(transitions)('%s', async (_, given, happens, expected) => {
    await up(version);
    happens();
    tunnels.apply([tried(version)], [safe(version, given)]);
    expect(change()?.state).toBe('trying');
    await eventually(() => isOver(), 100);
    expect(outcome()).toBe(expected);
    await eventually(() => charon.state.keys.length === 1);
    expect(charon.state.up).toHaveLength(1);
    expect(charon.state.loaded).toEqual(charon.state.keys);
    expect(states).not.toContain('connecting');
    expect(states).not.toContain('failed');
  });
});

test('what runs isn’t touched by settings that are refused', async () => {
  await up(2);
  charon.outcome = (connection) => (connection === NEW ? REFUSED : null);
  tunnels.apply([tried(2)], [safe(2)]);
  await eventually(() => isOver() && charon.state.loaded.length === 1, 100);
  expect(initiated()).toBe(2);
  expect(touched()).toEqual([]);
});

test('it goes back no later than the limit says, whatever the agent waits for', async () => {
  await up(2);
  answers = false;
  const startedAt = clock.now();
  tunnels.apply([tried(2)], [safe(2, { check, limitMs: 15_000 })]);
  await eventually(() => isOver());
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(15_000);
  expect(clock.now() - startedAt).toBeLessThan(16_000);
});

test('being told the same again changes nothing', async () => {
  await up(2);
  answers = false;
  tunnels.apply([tried(2)], [safe(2, { check })]);
  await eventually(() => charon.state.up.length === 2);
  tunnels.apply([tried(2)], [safe(2, { check })]);
  answers = true;
  await eventually(() => isOver());
  expect([outcome(), initiated()]).toEqual(['kept - -, revision 2', 1]);
});

test('what went back isn’t tried again until something else was wanted in between', async () => {
  await up(2);
  charon.outcome = (connection) => (connection === NEW ? REFUSED : null);
  tunnels.apply([tried(2)], [safe(2)]);
  await eventually(() => isOver(), 100);
  const tries = initiated();
  tunnels.apply([tried(2)], [safe(2)]);
  await stopAgent();
  await startAgent();
  tunnels.apply([tried(2)], [safe(2)]);
  await eventually(() => report()?.state === 'up');
  expect([outcome(), initiated()]).toEqual(['went-back failed ike_suite_refused, revision 1', tries]);
  tunnels.apply([of(2)]);
  expect(change()).toBeNull();
  charon.outcome = () => null;
  tunnels.apply([tried(2)], [safe(2)]);
  await eventually(() => isOver());
  expect(outcome()).toBe('kept - -, revision 2');
});

test.each(versions)(
  'IKEv%i: the next agent goes on with what is up already, within the same limit',
  async (version) => {
    await up(version);
    answers = false;
    const startedAt = clock.now();
    tunnels.apply([tried(version)], [safe(version, { check })]);
    await eventually(() => charon.state.up.length === 2);
    await stopAgent();
    clock.advance(30_000);
    charon.told.length = 0;
    await startAgent();
    tunnels.apply([tried(version)], [safe(version, { check })]);
    await eventually(() => report()?.state === 'up');
    expect(charon.told).toEqual([]);
    await eventually(() => isOver(), 100);
    expect(outcome()).toBe('went-back no-answer -, revision 1');
    expect(clock.now() - startedAt).toBeLessThan(62_000);
  },
);

test('a charon that has lost everything gets what was before, and tries the change again', async () => {
  await up(2);
  answers = false;
  tunnels.apply([tried(2)], [safe(2, { check })]);
  await eventually(() => charon.state.up.length === 2);
  await stopAgent();
  charon.close();
  charon = await FakeCharon.start();
  Applied.open(folder).clear();
  await startAgent();
  answers = true;
  tunnels.apply([tried(2)], [safe(2, { check })]);
  await eventually(() => isOver());
  expect(outcome()).toBe('kept - -, revision 2');
});

test('a limit that is over without a charon is over', async () => {
  await up(2);
  await stopAgent();
  tunnels.apply([tried(2)], [safe(2)]);
  expect(change()?.state).toBe('trying');
  clock.advance(62_000);
  expect(change()).toMatchObject({ state: 'went-back', reason: 'timeout' });
});

test('another change takes the place of one that is tried', async () => {
  await up(2);
  answers = false;
  tunnels.apply([tried(2)], [safe(2, { check })]);
  await eventually(() => charon.state.up.length === 2);
  tunnels.apply([tried(2, { revision: 3, preSharedKey: 'a third' })], [safe(2)]);
  await eventually(() => isOver(3));
  await eventually(() => charon.state.loaded.length === 1);
  expect(outcome()).toBe('kept - -, revision 3');
  expect(states).not.toContain('connecting');
});

test('taking a change back ends what is tried', async () => {
  await up(2);
  answers = false;
  tunnels.apply([tried(2)], [safe(2, { check })]);
  await eventually(() => charon.state.up.length === 2);
  tunnels.apply([of(2, { revision: 3 })]);
  await eventually(() => charon.state.loaded.length === 1);
  expect(charon.state.up).toEqual(['vpn_guide net']);
  expect(report()).toMatchObject({ state: 'up', appliedRevision: 3, change: null });
});

test('while the earlier tunnel is gone the new one counts, and it isn’t set up again', async () => {
  await up(2);
  answers = false;
  tunnels.apply([tried(2)], [safe(2, { check })]);
  await eventually(() => charon.state.up.length === 2);
  charon.drop('vpn_guide');
  await eventually(() => isOver(), 100);
  expect(initiated()).toBe(1);
  await eventually(() => charon.state.up.includes('vpn_guide net'), 100);
});

test('a tunnel that doesn’t come up any more comes up with a change that is good', async () => {
  await up(2);
  charon.outcome = (connection) => (connection === 'vpn_guide' ? SILENT : null);
  charon.drop('vpn_guide');
  await eventually(() => report()?.state === 'failed', 100);
  tunnels.apply([tried(2)], [safe(2)]);
  await eventually(() => isOver());
  await eventually(() => report()?.state === 'up' && charon.state.loaded.length === 1);
  expect(outcome()).toBe('kept - -, revision 2');
  expect(charon.state.up).toEqual([`${NEW} net`]);
});

test('IKEv1: what ran before gets an IKE_SA of its own before one goes that came up beside it', async () => {
  await up(1);
  answers = false;
  tunnels.apply([tried(1)], [safe(1, { check })]);
  await eventually(() => isOver(), 100);
  await eventually(() => charon.state.loaded.length === 1);
  const order = ['initiate vpn_guide+2 net0', 'terminate vpn_guide', 'terminate vpn_guide+1'];
  expect(charon.told.filter((command) => order.includes(command))).toEqual(order);
  expect(report()).toMatchObject({ state: 'up', appliedRevision: 1 });
});

describe('without a trial', () => {
  test('what doesn’t come up beside the tunnel takes its place all the same', async () => {
    await up(2);
    charon.outcome = (connection) => (connection === NEW ? REFUSED : null);
    tunnels.apply([tried(2)]);
    await eventually(() => report()?.state === 'up' && report()?.appliedRevision === 2);
    expect(charon.state).toMatchObject({ loaded: ['vpn_guide'], up: ['vpn_guide net'] });
    expect(charon.told.indexOf('terminate vpn_guide')).toBeGreaterThan(
      charon.told.indexOf(`initiate ${NEW} net`),
    );
  });

  test.each(versions)('IKEv%i: another subnet gets a CHILD_SA, and nothing ends', async (version) => {
    await up(version);
    tunnels.apply([of(version, { revision: 2, peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] })]);
    await eventually(() => report()?.appliedRevision === 2);
    expect(charon.told).toEqual(['load-shared vpn_guide', 'load-conn vpn_guide', 'initiate vpn_guide net1']);
  });

  test('another ESP suite gets a CHILD_SA, then the old one ends', async () => {
    await up(2);
    tunnels.apply([of(2, { revision: 2, esp: { lifetimeSeconds: 300, proposals: ['aes128-sha256'] } })]);
    await eventually(() => report()?.appliedRevision === 2 && charon.state.up.length === 1);
    expect(charon.state.up).toEqual(['vpn_guide net1']);
    expect(charon.told.at(-1)).toBe('terminate vpn_guide net');
  });

  test('settings that changed while the agent was away come up beside what it left', async () => {
    await up(2);
    await stopAgent();
    await startAgent();
    tunnels.apply([tried(2)]);
    await eventually(() => report()?.appliedRevision === 2 && charon.state.loaded.length === 1);
    expect(charon.state.up).toEqual([`${NEW} net`]);
    expect(new Set(states)).not.toContain('failed');
  });
});
