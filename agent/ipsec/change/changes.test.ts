import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SafeChange } from '../../../contract/agentProtocol.ts';
import {
  ChangingAgent,
  check,
  NEW,
  of,
  REFUSED,
  safe,
  SILENT,
  tried,
  versions,
} from './changingAgent.testing.ts';

let agent: ChangingAgent;
beforeEach(async () => {
  agent = await ChangingAgent.start();
});
afterEach(() => agent.close());

describe.each(versions)('IKEv%i', (version) => {
  const transitions: [string, Partial<SafeChange>, () => void, string][] = [
    ['it comes up', {}, () => undefined, 'kept - -, revision 2'],
    ['it comes up and the check is answered', { check }, () => undefined, 'kept - -, revision 2'],
    [
      'the check isn’t answered',
      { check },
      () => (agent.answers = false),
      'went-back no-answer -, revision 1',
    ],
    [
      'nothing comes back',
      {},
      () => (agent.charon.traffic = (connection) => ({ in: 0, out: connection === NEW ? 84 : 0 })),
      'went-back no-answer -, revision 1',
    ],
    [
      'the gateway refuses it',
      {},
      () => (agent.charon.outcome = (connection) => (connection === NEW ? REFUSED : null)),
      'went-back failed ike_suite_refused, revision 1',
    ],
    [
      'the gateway refuses it once',
      {},
      () => {
        let refusals = 0;
        agent.charon.outcome = (connection) => (connection === NEW && (refusals += 1) === 1 ? REFUSED : null);
      },
      'kept - -, revision 2',
    ],
    [
      'the gateway doesn’t answer',
      {},
      () => (agent.charon.outcome = (connection) => (connection === NEW ? SILENT : null)),
      'went-back failed unknown, revision 1',
    ],
  ];

  test.each(transitions)('%s', async (_, given, happens, expected) => {
    await agent.up(version);
    happens();
    agent.apply(tried(version), safe(version, given));
    expect(agent.change?.state).toBe('trying');
    await agent.decided(100);
    expect(agent.outcome).toBe(expected);
    await agent.settled();
    expect(agent.charon.state.up).toHaveLength(1);
    expect(agent.charon.state.loaded).toEqual(agent.charon.state.keys);
    expect(agent.states).not.toContain('connecting');
    expect(agent.states).not.toContain('failed');
  });
});

test('what runs isn’t touched by settings that are refused', async () => {
  await agent.up(2);
  agent.charon.outcome = (connection) => (connection === NEW ? REFUSED : null);
  agent.apply(tried(2), safe(2));
  await agent.decided(100);
  await agent.settled();
  expect(agent.initiated).toBe(2);
  expect(agent.charon.told.filter((command) => / vpn_guide(?: |$)/.test(command))).toEqual([]);
});

test('it goes back no later than the limit says, whatever the agent waits for', async () => {
  await agent.up(2);
  agent.answers = false;
  const startedAt = agent.clock.now();
  agent.apply(tried(2), safe(2, { check, limitMs: 5000 }));
  await agent.decided();
  expect(agent.clock.now() - startedAt).toBeGreaterThanOrEqual(5000);
  expect(agent.clock.now() - startedAt).toBeLessThan(6000);
});

test.each(versions)('IKEv%i: nor while an attempt waits for the gateway', async (version) => {
  await agent.up(version);
  agent.charon.waits = (connection) => connection === NEW;
  const startedAt = agent.clock.now();
  agent.apply(tried(version), safe(version, { limitMs: 5000 }));
  await agent.decided(100);
  expect(agent.outcome).toBe('went-back timeout -, revision 1');
  expect(agent.clock.now() - startedAt).toBeLessThan(7000);
});

test.each(versions)(
  'IKEv%i: what is up and drops everything goes back long before the limit',
  async (version) => {
    await agent.up(version);
    agent.charon.traffic = (connection) => ({ in: 0, out: connection === NEW ? 84 : 0 });
    agent.apply(tried(version), safe(version, { limitMs: 600_000 }));
    await agent.eventually(() => agent.charon.state.up.length === 2);
    const upAt = agent.clock.now();
    await agent.decided();
    expect(agent.outcome).toBe('went-back no-answer -, revision 1');
    expect(agent.clock.now() - upAt).toBeGreaterThanOrEqual(9000);
    expect(agent.clock.now() - upAt).toBeLessThan(12_000);
  },
);

test('being told the same again changes nothing', async () => {
  await agent.up(2);
  agent.answers = false;
  agent.apply(tried(2), safe(2, { check }));
  await agent.eventually(() => agent.charon.state.up.length === 2);
  agent.apply(tried(2), safe(2, { check }));
  agent.answers = true;
  await agent.decided();
  expect([agent.outcome, agent.initiated]).toEqual(['kept - -, revision 2', 1]);
});

test('what went back isn’t tried again until something else was wanted in between', async () => {
  await agent.up(2);
  agent.charon.outcome = (connection) => (connection === NEW ? REFUSED : null);
  agent.apply(tried(2), safe(2));
  await agent.decided(100);
  const tries = agent.initiated;
  agent.apply(tried(2), safe(2));
  await agent.stop();
  await agent.start();
  agent.apply(tried(2), safe(2));
  await agent.eventually(() => agent.report?.state === 'up');
  expect([agent.outcome, agent.initiated]).toEqual(['went-back failed ike_suite_refused, revision 1', tries]);
  agent.apply(of(2));
  expect(agent.change).toBeNull();
  agent.charon.outcome = () => null;
  agent.apply(tried(2), safe(2));
  await agent.decided();
  expect(agent.outcome).toBe('kept - -, revision 2');
});

test.each(versions)(
  'IKEv%i: the next agent goes on with what is up already, within the same limit',
  async (version) => {
    await agent.up(version);
    agent.answers = false;
    const startedAt = agent.clock.now();
    agent.apply(tried(version), safe(version, { check }));
    await agent.eventually(() => agent.charon.state.up.length === 2);
    await agent.stop();
    agent.clock.advance(30_000);
    agent.charon.told.length = 0;
    await agent.start();
    agent.apply(tried(version), safe(version, { check }));
    await agent.eventually(() => agent.report?.state === 'up');
    expect(agent.charon.told).toEqual([]);
    await agent.decided(100);
    expect(agent.outcome).toBe('went-back no-answer -, revision 1');
    expect(agent.clock.now() - startedAt).toBeLessThan(62_000);
  },
);

test('a charon that has lost everything gets what was before, and tries the change again', async () => {
  await agent.up(2);
  agent.answers = false;
  agent.apply(tried(2), safe(2, { check }));
  await agent.eventually(() => agent.charon.state.up.length === 2);
  await agent.stop();
  await agent.replaceCharon();
  await agent.start();
  agent.answers = true;
  agent.apply(tried(2), safe(2, { check }));
  await agent.decided();
  expect(agent.outcome).toBe('kept - -, revision 2');
});

test('a limit that is over without a charon is over', async () => {
  await agent.up(2);
  await agent.stop();
  agent.apply(tried(2), safe(2));
  expect(agent.change?.state).toBe('trying');
  agent.clock.advance(62_000);
  expect(agent.change).toMatchObject({ state: 'went-back', reason: 'timeout' });
});

test('another change takes the place of one that is tried', async () => {
  await agent.up(2);
  agent.answers = false;
  agent.apply(tried(2), safe(2, { check }));
  await agent.eventually(() => agent.charon.state.up.length === 2);
  agent.apply(tried(2, { revision: 3, preSharedKey: 'a third' }), safe(2));
  await agent.decided(undefined, 3);
  await agent.settled();
  expect(agent.outcome).toBe('kept - -, revision 3');
  expect(agent.states).not.toContain('connecting');
});

test('taking a change back ends what is tried', async () => {
  await agent.up(2);
  agent.answers = false;
  agent.apply(tried(2), safe(2, { check }));
  await agent.eventually(() => agent.charon.state.up.length === 2);
  agent.apply(of(2, { revision: 3 }));
  await agent.settled();
  expect(agent.charon.state.up).toEqual(['vpn_guide net']);
  expect(agent.report).toMatchObject({ state: 'up', appliedRevision: 3, change: null });
});

test('while the earlier tunnel is gone the new one counts, and it isn’t set up again', async () => {
  await agent.up(2);
  agent.answers = false;
  agent.apply(tried(2), safe(2, { check }));
  await agent.eventually(() => agent.charon.state.up.length === 2);
  agent.charon.drop('vpn_guide');
  await agent.decided(100);
  expect(agent.initiated).toBe(1);
  await agent.eventually(() => agent.charon.state.up.includes('vpn_guide net'), 100);
});

test('a tunnel that has changed says why it went until an attempt knows better', async () => {
  await agent.up(2);
  agent.apply(tried(2), safe(2));
  await agent.decided();
  await agent.settled();
  agent.charon.waits = () => true;
  agent.charon.drop(NEW, SILENT);
  await agent.eventually(() => agent.charon.told.at(-1) === 'initiate vpn_guide net');
  expect(agent.report).toMatchObject({ state: 'connecting', diagnosis: { code: 'gateway_lost' } });
});

describe('where the gateway has one virtual IP only', () => {
  const NO_ADDRESS = 'received INTERNAL_ADDRESS_FAILURE notify error';
  const isTaken = () => agent.charon.state.up.includes('vpn_guide net');

  test('the tunnel ends before the change comes up', async () => {
    await agent.up(2);
    agent.charon.outcome = (connection) => (connection === NEW && isTaken() ? NO_ADDRESS : null);
    agent.apply(tried(2), safe(2));
    await agent.decided();
    await agent.eventually(() => agent.report?.state === 'up' && agent.charon.state.loaded.length === 1);
    expect([agent.outcome, agent.charon.state.up]).toEqual(['kept - -, revision 2', [`${NEW} net`]]);
    expect(agent.charon.told).not.toContain('initiate vpn_guide net');
  });

  test('and comes back when the change is no good', async () => {
    await agent.up(2);
    agent.charon.outcome = (connection) => (connection === NEW ? (isTaken() ? NO_ADDRESS : REFUSED) : null);
    agent.apply(tried(2), safe(2));
    await agent.decided();
    await agent.eventually(() => agent.report?.state === 'up' && agent.charon.state.loaded.length === 1);
    expect(agent.outcome).toBe('went-back failed ike_suite_refused, revision 1');
    expect(agent.charon.state.up).toEqual(['vpn_guide net']);
  });
});

test('a tunnel that doesn’t come up any more comes up with a change that is good', async () => {
  await agent.up(2);
  agent.charon.outcome = (connection) => (connection === 'vpn_guide' ? SILENT : null);
  agent.charon.drop('vpn_guide');
  await agent.eventually(() => agent.report?.state === 'failed', 100);
  agent.apply(tried(2), safe(2));
  await agent.decided();
  await agent.eventually(() => agent.report?.state === 'up' && agent.charon.state.loaded.length === 1);
  expect(agent.outcome).toBe('kept - -, revision 2');
  expect(agent.charon.state.up).toEqual([`${NEW} net`]);
});

test('IKEv1: what ran before gets an IKE_SA of its own before one goes that came up beside it', async () => {
  await agent.up(1);
  agent.answers = false;
  agent.apply(tried(1), safe(1, { check }));
  await agent.decided(100);
  await agent.settled();
  const order = ['initiate vpn_guide+2 net0', 'terminate vpn_guide', 'terminate vpn_guide+1'];
  expect(agent.charon.told.filter((command) => order.includes(command))).toEqual(order);
  expect(agent.report).toMatchObject({ state: 'up', appliedRevision: 1 });
});

test('IKEv1: what is tried out carries on where the gateway ends what ran before, until that is renewed', async () => {
  await agent.up(1);
  agent.answers = false;
  agent.charon.outcome = (connection) => {
    if (connection === 'vpn_guide+2') agent.charon.drop('vpn_guide');
    return null;
  };
  agent.apply(tried(1), safe(1, { check }));
  await agent.decided(100);
  await agent.settled();
  expect(agent.charon.state.up).toEqual(['vpn_guide+2 net0']);
  expect([agent.outcome, agent.report?.state]).toEqual(['went-back no-answer -, revision 1', 'up']);
  expect(agent.states).not.toContain('connecting');
});
