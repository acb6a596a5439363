import { beforeEach, describe, expect, test } from 'vitest';
import { tunnelReport } from '../agents/fakeAgent.ts';
import { body, guideVpn } from '../fixtures.ts';
import { createRolloutWorld, expectAsBefore, type RolloutWorld } from './testing/rolloutWorld.ts';

let world: RolloutWorld;

const shorter = { esp: { ...guideVpn.esp, lifetimeSeconds: 3600 } };

beforeEach(async () => {
  world = await createRolloutWorld({ api: 2, web: 1 });
});

const actions = async () => (await world.activity()).map(({ action }) => action);
const summary = async (action: string) =>
  (await world.activity()).find((entry) => entry.action === action)?.summary;

describe('a change of a VPN whose tunnels are up', () => {
  test('goes to the first replica alone, which has the settings of before to go back to', async () => {
    const vpn = await world.change(shorter);
    expect(vpn).toMatchObject({
      revision: 2,
      esp: { lifetimeSeconds: 3600 },
      rollout: { kind: 'change', state: 'running', changed: 0, replicas: 3 },
    });
    const first = world.replica('api-1').wanted();
    expect(first.vpn).toMatchObject({ revision: 2, esp: { lifetimeSeconds: 3600 } });
    expect(first.change).toMatchObject({
      limitMs: 60_000,
      check: null,
      previous: { revision: 1, esp: { lifetimeSeconds: 28_800 }, localId: first.vpn?.localId },
    });
    expectAsBefore(world.replica('api-2'));
    expectAsBefore(world.replica('web-1'));
    expect(await world.rollout()).toMatchObject({
      changed: ['ESP lifetime'],
      strategy: 'one-by-one',
      startedBy: { name: 'Ada' },
      waitingFor: null,
    });
    expect(await summary('vpn.change-started')).toBe(
      'Began the change of the VPN Office: ESP lifetime. It goes to 3 replicas, one by one.',
    );
  });

  test('goes on replica by replica, and is complete when all have it', async () => {
    await world.change(shorter);
    for (const [name, next] of [
      ['api-1', 'api-2'],
      ['api-2', 'web-1'],
    ] as const) {
      await world.replica(name).tries();
      expect((await world.states())[next]).toBe('waiting');
      await world.replica(name).keeps();
      expect(await world.states()).toMatchObject({ [name]: 'changed', [next]: 'trying' });
      expect(world.replica(name).wanted()).toMatchObject({ vpn: { revision: 2 }, change: undefined });
    }
    await world.replica('web-1').keeps();
    expect(await world.rollout()).toMatchObject({ state: 'completed', finishedAt: expect.any(String) });
    expect((await world.vpn()).rollout).toBeNull();
    expect(await summary('vpn.change-completed')).toBe(
      'Completed the change of the VPN Office: it holds on 3 replicas.',
    );
  });

  test('all at once means: one first, then all others together', async () => {
    await world.change(shorter, { strategy: 'all-at-once' });
    expect(await world.states()).toEqual({ 'api-1': 'trying', 'api-2': 'waiting', 'web-1': 'waiting' });
    await world.replica('api-1').keeps();
    expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'trying', 'web-1': 'trying' });
  });

  test('immediately means: everywhere at once, with nothing to go back to', async () => {
    const vpn = await world.change(shorter, { strategy: 'immediately' });
    expect(vpn.rollout).toBeNull();
    for (const name of ['api-1', 'api-2', 'web-1']) {
      expect(world.replica(name).wanted()).toMatchObject({ vpn: { revision: 2 }, change: undefined });
    }
    expect(await actions()).toContain('vpn.changed');
  });

  test('a check and a limit reach the replica; an address outside the subnets is refused', async () => {
    const check = { address: '10.250.0.5', port: 5432 };
    await world.change(shorter, { check, limitSeconds: 20 });
    expect(world.replica('api-1').wanted().change).toMatchObject({ check, limitMs: 20_000 });
    expect(await world.rollout()).toMatchObject({ check, limitSeconds: 20 });
    await world.control('rollback');
    const outside = { ...shorter, rollout: { check: { address: '10.9.0.5', port: null } } };
    expect(await body(await world.admin.patch(world.at, outside, { ifMatch: '*' }), 422)).toMatchObject({
      errors: [{ path: 'rollout.check.address', code: 'address_outside' }],
    });
  });

  test.each([
    ['another name alone', { name: 'Headquarters' }],
    ['what is there already', { esp: guideVpn.esp }],
  ])('%s begins nothing', async (_what, change) => {
    await world.change(change);
    expect((await world.vpn()).rollout).toBeNull();
    await body(await world.admin.get(`${world.at}/rollout`), 404);
  });

  test('begins nothing where no tunnel is up: it is applied at once', async () => {
    for (const name of ['api-1', 'api-2', 'web-1']) await world.replica(name).says({ state: 'failed' });
    await world.change(shorter);
    expect((await world.vpn()).rollout).toBeNull();
    expect(world.replica('web-1').wanted().vpn?.revision).toBe(2);
  });

  test('while it is under way another one is refused, with who began this one and what to do', async () => {
    await world.change(shorter);
    const again = () => world.admin.patch(world.at, { dpdDelaySeconds: 60 }, { ifMatch: '*' });
    expect(await body(await again(), 409)).toMatchObject({
      code: 'rollout_running',
      title:
        'Ada began to change Office (ESP lifetime), and that is on its way to the replicas. Wait until it is through, or take it back.',
    });
    await world.control('pause');
    expect(await body(await again(), 409)).toMatchObject({
      title: 'Ada began to change Office (ESP lifetime), and that is paused. Resume it, or take it back.',
    });
  });
});

describe('who comes when', () => {
  test('healthy tunnels, then those with a warning; what is offline or not up is skipped', async () => {
    world = await createRolloutWorld({ api: 3, web: 2 });
    await world.replica('api-1').says({ diagnosis: { code: 'subnet_narrowed', parts: {}, log: [] } });
    await world.replica('api-2').says({ state: 'failed' });
    await world.replica('web-1').agent.hangUp();
    await world.change(shorter);
    const { replicas } = await world.rollout();
    expect(replicas.map(({ replica, state, reason }) => [replica.name, state, reason])).toEqual([
      ['api-3', 'trying', null],
      ['web-2', 'waiting', null],
      ['api-1', 'waiting', null],
      ['api-2', 'skipped', 'Its tunnel wasn’t up.'],
      ['web-1', 'skipped', 'It was offline.'],
    ]);
  });

  test('skipped ones keep what they have until all others are through, then get it without a try', async () => {
    await world.replica('api-2').says({ state: 'failed' });
    await world.change(shorter);
    await world.replica('api-1').keeps();
    expectAsBefore(world.replica('api-2'));
    await world.replica('web-1').keeps();
    expect(world.replica('api-2').wanted()).toMatchObject({ vpn: { revision: 2 }, change: undefined });
    expect(await summary('vpn.change-completed')).toBe(
      'Completed the change of the VPN Office: it holds on 2 replicas. 1 other that couldn’t try it out got it without.',
    );
  });

  test('a replica that joins, and a workspace that is connected meanwhile, begin with the settings of before', async () => {
    await world.change(shorter);
    const joined = await world.join('web', 'web-2');
    expectAsBefore(joined);
    const { id } = await world.addWorkspace('late');
    const late = await world.join('late', 'late-1');
    await body(await world.admin.put(`${world.at}/workspaces/${id}`), 200);
    await world.settle();
    expectAsBefore(late);
    for (const name of ['api-1', 'api-2', 'web-1']) await world.replica(name).keeps();
    expect(joined.wanted().vpn).toMatchObject({ revision: 2 });
    expect(late.wanted().vpn).toMatchObject({ revision: 2 });
  });

  test('each tunnel wants the revision that its replica should have, and is up as long as one of them is', async () => {
    await world.change(shorter);
    const shown = async () =>
      (await world.tunnels()).map(({ replica, state, wantedRevision }) => [
        replica.name,
        state,
        wantedRevision,
      ]);
    expect(await shown()).toEqual([
      ['api-1', 'up', 2],
      ['api-2', 'up', 1],
      ['web-1', 'up', 1],
    ]);
    expect(await world.vpn()).toMatchObject({ tunnels: { wanted: 3, up: 3, pending: 0 } });
    await world.replica('api-1').keeps();
    expect(await shown()).toContainEqual(['api-1', 'up', 2]);
    expect(await shown()).toContainEqual(['api-2', 'up', 2]);
  });
});

test('a change right after another one is protected as well, before the replicas have said that they applied that one', async () => {
  await world.change(shorter, { strategy: 'immediately' });
  await world.change({ dpdDelaySeconds: 60 });
  expect(world.replica('api-1').wanted()).toMatchObject({
    vpn: { revision: 3 },
    change: { previous: { revision: 2, dpdDelaySeconds: 30, esp: { lifetimeSeconds: 3600 } } },
  });
});

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
