import { beforeEach, describe, expect, test } from 'vitest';
import { body, guideVpn } from '../fixtures.ts';
import { createRolloutWorld, expectAsBefore, type RolloutWorld } from './testing/rolloutWorld.ts';

let world: RolloutWorld;

const shorter = { esp: { ...guideVpn.esp, lifetimeSeconds: 3600 } };

beforeEach(async () => {
  world = await createRolloutWorld({ api: 2, web: 1 });
  await world.change(shorter);
});

const removeReplica = async (name: string) => {
  const { id } = world.replica(name).agent.replica;
  await body(await world.admin.delete(`${world.team}/replicas/${id}`), 204);
  await world.settle();
};

describe('a server that is killed', () => {
  test('while a replica tries goes on from what is stored, also with a verdict given meanwhile', async () => {
    const verdict = { revision: 2, state: 'kept', reason: null, diagnosis: null } as const;
    await world.restartServer();
    expect(await world.states()).toMatchObject({ 'api-1': 'trying' });
    world.replica('api-1').saysLater({
      appliedRevision: 2,
      change: { ...verdict, at: '2026-11-21T08:00:30.000Z' },
    });
    await world.dialAgain();
    expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'trying', 'web-1': 'waiting' });
    expect(world.replica('api-2').wanted()).toMatchObject({
      vpn: { revision: 2 },
      change: { limitMs: 60_000 },
    });
    expectAsBefore(world.replica('web-1'));
  });

  test('between two replicas skips nobody because of that, however long it was away', async () => {
    await world.replica('api-1').keeps();
    await world.control('pause');
    await world.replica('api-2').keeps();
    world.host.clock.advance(3_600_000);
    await world.restartServer();
    await body(await world.admin.post(`${world.at}/rollout/resume`), 200);
    await world.pass(30_000);
    expect(await world.rollout()).toMatchObject({
      state: 'running',
      waitingFor: 'web-1 is offline. This waits for it.',
    });
    await world.dialAgain();
    expect((await world.states())['web-1']).toBe('trying');
  });

  test('after a verdict was stored and before anything was made of it makes it of it then', async () => {
    await world.host.deps.rollouts.stop();
    await world.replica('api-1').goesBack();
    expect(await world.rollout()).toMatchObject({ state: 'running' });
    await world.restartServer();
    expect(await world.rollout()).toMatchObject({ state: 'failed' });
    await world.dialAgain();
    expectAsBefore(world.replica('api-1'));
  });

  test('two servers at once do each thing once', async () => {
    const second = await world.secondServer();
    await world.replica('api-1').keeps();
    await second.settled();
    await world.replica('api-2').goesBack();
    await second.settled();
    expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'went-back', 'web-1': 'waiting' });
    const paused = (await world.activity()).filter(({ action }) => action === 'vpn.change-paused');
    expect(paused).toHaveLength(1);
    await second.stop();
  });
});

describe('a replica that goes offline', () => {
  test('while it tries is waited for, and named; its agent decides alone and says so when it is back', async () => {
    await world.replica('api-1').agent.hangUp();
    await world.pass(600_000);
    expect(await world.rollout()).toMatchObject({
      state: 'running',
      waitingFor: 'api-1 is offline. This goes on when it is back.',
    });
    world.replica('api-1').saysLater({
      appliedRevision: 1,
      change: {
        revision: 2,
        state: 'went-back',
        reason: 'timeout',
        diagnosis: null,
        at: '2026-11-21T08:01:00.000Z',
      },
    });
    await world.dialAgain();
    expect(await world.rollout()).toMatchObject({ state: 'failed' });
    expectAsBefore(world.replica('api-1'));
  });

  test('before its turn lets the others go first, and is waited for a minute at the end', async () => {
    await world.replica('api-2').agent.hangUp();
    await world.replica('api-1').keeps();
    expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'waiting', 'web-1': 'trying' });
    await world.replica('web-1').keeps();
    expect((await world.rollout()).waitingFor).toBe('api-2 is offline. This waits for it.');
    await world.pass(60_000);
    expect(await world.rollout()).toMatchObject({ state: 'completed' });
    expect((await world.states())['api-2']).toBe('skipped');
  });

  test('is waited for without an end as long as nothing is proven', async () => {
    await world.replica('api-2').agent.hangUp();
    await world.replica('web-1').agent.hangUp();
    await removeReplica('api-1');
    await world.pass(3_600_000);
    expect(await world.rollout()).toMatchObject({
      state: 'running',
      waitingFor: 'api-2 and web-1 are offline. This waits for them.',
    });
  });
});

describe('an agent that says nothing of a try,', () => {
  const check = { address: '10.250.0.5', port: null };
  const asked = () => world.replica('api-1').agent.all('verify').length;

  test('away while it is asked whether the check is answered, is asked again when it is back', async () => {
    await world.control('rollback');
    await world.change(shorter, { check, limitSeconds: 30 });
    const revision = world.replica('api-1').wanted().vpn?.revision ?? 0;
    await world.replica('api-1').says({ appliedRevision: revision, change: null });
    await world.pass(60_000);
    expect(asked()).toBe(1);
    await world.replica('api-1').agent.hangUp();
    await world.pass(10_000);
    await world.dialAgain();
    await world.pass(60_000);
    expect(await world.states()).toMatchObject({ 'api-1': 'trying' });
    expect(asked()).toBe(1);
    const { agent } = world.replica('api-1');
    const { id } = agent.last('verify');
    await agent.say({ type: 'verified', id, state: 'succeeded', code: null, message: '', roundTripMs: 1 });
    await world.settle();
    expect(await world.states()).toMatchObject({ 'api-1': 'changed' });
  });
});

describe('what goes away in the middle', () => {
  test('a replica that is removed while it tries: the next one is the first', async () => {
    await removeReplica('api-1');
    expect(await world.rollout()).toMatchObject({
      replicas: [{ state: 'skipped', reason: 'It was removed.' }, { state: 'trying' }, { state: 'waiting' }],
    });
    await world.replica('api-2').goesBack();
    expect((await world.rollout()).state).toBe('failed');
  });

  test('a workspace that is disconnected while its replica tries', async () => {
    await body(await world.admin.delete(`${world.at}/workspaces/${await world.workspaceId('api')}`), 204);
    await world.settle();
    expect(await world.rollout()).toMatchObject({
      replicas: [
        { state: 'skipped', reason: 'Its workspace was disconnected.' },
        { state: 'waiting' },
        { state: 'trying' },
      ],
    });
    await world.replica('web-1').keeps();
    expect(await world.rollout()).toMatchObject({
      state: 'completed',
      replicas: [{ state: 'skipped' }, { state: 'skipped' }, { state: 'changed' }],
    });
  });

  test('a workspace that is deleted', async () => {
    await body(await world.admin.delete(`${world.team}/workspaces/${await world.workspaceId('api')}`), 204);
    await world.settle();
    expect(await world.states()).toMatchObject({ 'api-1': 'skipped', 'web-1': 'trying' });
  });

  test('the VPN: the replicas take it down, and nothing of the rollout is left', async () => {
    await body(await world.admin.delete(world.at), 204);
    await world.settle();
    expect(world.replica('api-1').agent.last('desired')).toMatchObject({ vpns: [] });
    expect(await world.host.db.selectFrom('rollout_replica').selectAll().execute()).toEqual([]);
    await world.pass(600_000);
    expect(world.host.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('whoever began it, out of the team: it goes on, and anybody who may can take it back', async () => {
    const bea = await world.host.member('Bea', world.teamId, 'admin');
    await body(await bea.client.delete(`${world.team}/members/${world.ada.id}`), 204);
    await world.replica('api-1').keeps();
    expect(await body(await bea.client.get(`${world.at}/rollout`), 200)).toMatchObject({
      startedBy: { name: 'Ada' },
      replicas: [{ state: 'changed' }, { state: 'trying' }, { state: 'waiting' }],
    });
    await body(await bea.client.post(`${world.at}/rollout/rollback`), 200);
    await world.settle();
    expectAsBefore(world.replica('api-1'));
  });

  test('the new key: nobody is told anything wrong, and it is given up', async () => {
    await world.host.db.updateTable('vpn').set({ psk_sealed: 'damaged' }).execute();
    await world.restartServer();
    await world.dialAgain();
    expect(world.replica('api-1').agent.all('desired')).toEqual([]);
    expectAsBefore(world.replica('api-2'));
    expect(world.host.logLines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ vpn: world.vpnId }) }),
    );
    await world.pass(90_000);
    expect((await world.rollout()).state).toBe('failed');
    expectAsBefore(world.replica('api-1'));
  });
});

test('a tunnel that was up and isn’t when its turn comes is tried all the same, as long as nothing is proven', async () => {
  await removeReplica('api-1');
  await world.replica('web-1').says({ state: 'connecting' });
  expect((await world.states())['api-2']).toBe('trying');
  await removeReplica('api-2');
  expect((await world.states())['web-1']).toBe('trying');
});

test('while the database fails nothing is lost: it goes on when that works again', async () => {
  const { rollouts, break: breakIt, mend } = await world.fragileServer();
  breakIt();
  await world.replica('api-1').keeps();
  await rollouts.settled();
  expect((await world.states())['api-1']).toBe('trying');
  mend();
  await world.pass(2_000);
  await rollouts.settled();
  expect((await world.states())['api-1']).toBe('changed');
});
