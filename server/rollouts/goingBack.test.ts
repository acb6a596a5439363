import { beforeEach, describe, expect, test } from 'vitest';
import { tunnelReport } from '../agents/fakeAgent.ts';
import { guideVpn } from '../fixtures.ts';
import { createRolloutWorld, expectAsBefore, type RolloutWorld } from './testing/rolloutWorld.ts';

let world: RolloutWorld;

const shorter = { esp: { ...guideVpn.esp, lifetimeSeconds: 3600 } };

beforeEach(async () => {
  world = await createRolloutWorld({ api: 2, web: 1 });
});

const actions = async () => (await world.activity()).map(({ action }) => action);
const summary = async (action: string) =>
  (await world.activity()).find((entry) => entry.action === action)?.summary;

describe('a replica that goes back', () => {
  const diagnosis = { code: 'psk_differs', parts: {}, log: ['received AUTHENTICATION_FAILED notify error'] };

  test('as the first ends it: the VPN has its settings and key of before under a new revision', async () => {
    await world.change({ ...shorter, preSharedKey: 'another good key' });
    expect(world.replica('api-1').wanted().vpn?.preSharedKey).toBe('another good key');
    const before = await world.host.db.selectFrom('vpn').selectAll().executeTakeFirstOrThrow();
    await world.replica('api-1').goesBack({ diagnosis });

    expect(await world.vpn()).toMatchObject({ revision: 3, esp: guideVpn.esp, rollout: null });
    for (const name of ['api-1', 'api-2', 'web-1']) {
      expectAsBefore(world.replica(name));
      expect(world.replica(name).wanted().vpn).toMatchObject({
        revision: 3,
        preSharedKey: guideVpn.preSharedKey,
      });
    }
    const stored = await world.host.db.selectFrom('vpn').selectAll().executeTakeFirstOrThrow();
    expect(stored.psk_sealed).not.toBe(before.psk_sealed);
    expect(await world.rollout()).toMatchObject({
      state: 'failed',
      replicas: [
        { state: 'went-back', reason: expect.any(String) },
        { state: 'waiting' },
        { state: 'waiting' },
      ],
    });
    expect(await world.host.db.selectFrom('rollout').selectAll().executeTakeFirstOrThrow()).toMatchObject({
      previous_psk_sealed: null,
      previous_settings: null,
    });
    expect(await summary('vpn.change-failed')).toMatch(
      /^Gave up the change of the VPN Office: api-1 went back \(.+\)\. Everything is as it was\.$/,
    );
    expect(await actions()).not.toContain('vpn.change-completed');
  });

  test('is explained with the settings that were tried, not with those of now', async () => {
    await world.change({ peerIp: '1.2.3.9' });
    const unreachable = { code: 'gateway_unreachable', parts: {}, log: [] };
    await world.replica('api-1').goesBack({ diagnosis: unreachable });
    expect((await world.vpn()).peerIp).toBe('1.2.3.4');
    const [first] = (await world.rollout()).replicas;
    expect(JSON.stringify(first?.diagnosis)).toContain('1.2.3.9');
    expect(JSON.stringify(first?.diagnosis)).not.toContain('1.2.3.4');
  });

  test.each([
    ['failed', null, 'Its tunnel didn’t come up with the new settings.'],
    ['no-answer', '10.250.0.5', '10.250.0.5 didn’t answer through the tunnel.'],
    ['no-answer', null, 'Nothing came back through the tunnel.'],
    ['timeout', null, 'It wasn’t certain within 60 seconds that the new settings work.'],
  ] as const)('says why: %s with the check %s', async (reason, address, sentence) => {
    await world.change(shorter, address === null ? {} : { check: { address, port: null } });
    await world.replica('api-1').goesBack({ reason });
    expect((await world.rollout()).replicas[0]?.reason).toBe(sentence);
  });

  test('later pauses it: those that have it keep it, and nobody else begins', async () => {
    await world.change(shorter);
    await world.replica('api-1').keeps();
    await world.replica('api-2').goesBack();
    expect(await world.rollout()).toMatchObject({
      state: 'paused',
      waitingFor: 'api-2 went back. Resume to try again, or take the change back.',
    });
    expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'went-back', 'web-1': 'waiting' });
    expect(world.replica('api-1').wanted().vpn?.revision).toBe(2);
    expectAsBefore(world.replica('api-2'));
    expect(await summary('vpn.change-paused')).toBe(
      'Paused the change of the VPN Office: api-2 went back (Its tunnel didn’t come up with the new settings).',
    );
  });

  test('is tried again on resuming, under a new revision, so that what it said before counts no more', async () => {
    await world.change(shorter);
    await world.replica('api-1').keeps();
    await world.replica('api-2').goesBack();
    await world.control('resume');
    expect(world.replica('api-2').wanted()).toMatchObject({
      vpn: { revision: 3 },
      change: { vpnId: world.vpnId },
    });
    await world.replica('api-2').says({ bytesIn: 5000 });
    expect((await world.states())['api-2']).toBe('trying');
    await world.replica('api-2').keeps();
    await world.replica('web-1').keeps();
    expect(await world.rollout()).toMatchObject({ state: 'completed' });
    expect(world.replica('api-1').wanted().vpn).toMatchObject({
      revision: 3,
      esp: { lifetimeSeconds: 3600 },
    });
  });

  test('together with others lets those go on to their own end', async () => {
    await world.change(shorter, { strategy: 'all-at-once' });
    await world.replica('api-1').keeps();
    await world.replica('api-2').goesBack();
    expect(await world.states()).toMatchObject({ 'api-2': 'went-back', 'web-1': 'trying' });
    await world.replica('web-1').keeps();
    expect(await world.states()).toMatchObject({ 'web-1': 'changed' });
    expect((await world.rollout()).state).toBe('paused');
  });
});

describe('an agent that is silent about the change', () => {
  const due = (60 + 30) * 1000;

  test('and never applies it counts as gone back when its time is up', async () => {
    await world.change(shorter);
    await world.pass(due - 5000);
    expect((await world.rollout()).state).toBe('running');
    await world.pass(5000);
    expect(await world.rollout()).toMatchObject({
      state: 'failed',
      replicas: [{ reason: 'Its tunnel didn’t come up within 60 seconds.' }, {}, {}],
    });
  });

  test('because it tries on: the first is given up for, a later one is waited for and named', async () => {
    await world.change(shorter);
    await world.replica('api-1').keeps();
    await world.replica('api-2').tries();
    await world.pass(due);
    expect(await world.rollout()).toMatchObject({
      state: 'running',
      waitingFor: expect.stringMatching(/^This waits for api-2: its agent didn’t say within 90 seconds/),
    });
    await world.control('rollback');

    await world.change({ dpdDelaySeconds: 60 });
    await world.replica('api-1').tries();
    await world.pass(due);
    expect(await world.rollout()).toMatchObject({
      state: 'failed',
      replicas: [{ reason: 'Its agent didn’t say within 90 seconds whether the new settings work.' }, {}, {}],
    });
  });

  test('because it knows no safe changes: its tunnel decides, up after the time, failed at once', async () => {
    await world.change(shorter);
    await world.replica('api-1').says({ appliedRevision: 2 });
    expect((await world.states())['api-1']).toBe('trying');
    await world.pass(due);
    expect((await world.states())['api-1']).toBe('changed');
    await world.replica('api-2').says({ appliedRevision: 2, state: 'failed' });
    expect(await world.rollout()).toMatchObject({ state: 'paused' });
    expect((await world.states())['api-2']).toBe('went-back');
    expectAsBefore(world.replica('api-2'));
  });

  test('because it knows no safe changes: a check is asked for by the server', async () => {
    await world.change(shorter, { check: { address: '10.250.0.5', port: null } });
    const { agent } = world.replica('api-1');
    await world.replica('api-1').says({ appliedRevision: 2 });
    await world.pass(due);
    const { id, address } = agent.last('verify');
    expect(address).toBe('10.250.0.5');
    await agent.say({
      type: 'verified',
      id,
      state: 'failed',
      code: 'timeout',
      message: '',
      roundTripMs: null,
    });
    await world.pass(2000);
    expect(await world.rollout()).toMatchObject({
      state: 'failed',
      replicas: [{ reason: '10.250.0.5 didn’t answer through the tunnel.' }, {}, {}],
    });
  });
});

test('what was reported of another try is no verdict', async () => {
  await world.change(shorter);
  const change = { revision: 1, state: 'went-back', reason: 'failed', diagnosis: null } as const;
  await world
    .replica('api-1')
    .agent.report([tunnelReport(world.vpnId, { change: { ...change, at: '2026-11-21T07:00:00.000Z' } })]);
  await world.settle();
  expect((await world.states())['api-1']).toBe('trying');
});
