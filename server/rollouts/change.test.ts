import { beforeEach, describe, expect, test } from 'vitest';
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
    await world.pass(60_000);
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
