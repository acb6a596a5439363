import { beforeEach, describe, expect, test } from 'vitest';
import { body, createVpn, guideVpn } from '../fixtures.ts';
import { createRolloutWorld, expectAsBefore, type RolloutWorld } from './testing/rolloutWorld.ts';

let world: RolloutWorld;

const shorter = { esp: { ...guideVpn.esp, lifetimeSeconds: 3600 } };

beforeEach(async () => {
  world = await createRolloutWorld({ api: 2, web: 1 });
  await world.change(shorter);
});

const refused = async (verb: 'pause' | 'resume' | 'rollback') =>
  await body(await world.admin.post(`${world.at}/rollout/${verb}`), 409);

describe('pausing', () => {
  test('lets the one that tries come to its end, and none begins after it', async () => {
    expect(await world.control('pause')).toMatchObject({
      state: 'paused',
      waitingFor: 'It was paused. No further replica begins until it is resumed.',
    });
    await world.replica('api-1').keeps();
    expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'waiting', 'web-1': 'waiting' });
    await world.pass(600_000);
    expect((await world.states())['api-2']).toBe('waiting');
    expect(await world.control('resume')).toMatchObject({ state: 'running' });
    expect((await world.states())['api-2']).toBe('trying');
    expect((await world.vpn()).revision).toBe(2);
  });

  test('doesn’t keep the first from ending it when it goes back', async () => {
    await world.control('pause');
    await world.replica('api-1').goesBack();
    expect(await world.rollout()).toMatchObject({ state: 'failed' });
    expect(await world.vpn()).toMatchObject({ esp: guideVpn.esp });
  });

  test('is refused where it is paused or over, and so is resuming what isn’t paused', async () => {
    expect(await refused('resume')).toMatchObject({
      code: 'rollout_state',
      title: 'The change of the VPN Office isn’t paused.',
    });
    await world.control('pause');
    expect(await refused('pause')).toMatchObject({
      title: 'The change of the VPN Office is paused already.',
    });
    await world.control('rollback');
    for (const verb of ['pause', 'resume', 'rollback'] as const) {
      expect(await refused(verb)).toMatchObject({ title: 'The change of the VPN Office was taken back.' });
    }
  });
});

describe('taking back', () => {
  test('gives everybody the settings and the key of before, whatever they had', async () => {
    await world.control('rollback');
    await world.change({ ...shorter, preSharedKey: 'another good key' });
    await world.replica('api-1').keeps();
    expect(await world.control('rollback')).toMatchObject({ state: 'rolled-back' });
    for (const name of ['api-1', 'api-2', 'web-1']) {
      expectAsBefore(world.replica(name));
      expect(world.replica(name).wanted().vpn?.preSharedKey).toBe(guideVpn.preSharedKey);
    }
    expect(await world.states()).toEqual({ 'api-1': 'went-back', 'api-2': 'went-back', 'web-1': 'waiting' });
    const stored = await world.host.db.selectFrom('rollout').selectAll().executeTakeFirstOrThrow();
    expect(stored).toMatchObject({ previous_psk_sealed: null, previous_settings: null });
    expect((await world.activity())[0]).toMatchObject({
      action: 'vpn.change-rolled-back',
      actor: { name: 'Ada' },
      summary: 'Took back the change of the VPN Office: everything is as it was.',
    });
  });

  test('restores when the key was changed, too', async () => {
    const { preSharedKeyChangedAt } = await world.vpn();
    await world.control('rollback');
    await world.pass(60_000);
    await world.change({ preSharedKey: 'another good key' });
    expect((await world.vpn()).preSharedKeyChangedAt).not.toBe(preSharedKeyChangedAt);
    await world.control('rollback');
    expect((await world.vpn()).preSharedKeyChangedAt).toBe(preSharedKeyChangedAt);
  });

  test('leaves the new name where another VPN has taken the old one meanwhile', async () => {
    await world.control('rollback');
    await world.change({ ...shorter, name: 'Headquarters' });
    await createVpn(world.admin, world.team, { name: 'Office', peerSubnets: ['10.77.0.0/16'] });
    await world.control('rollback');
    expect(await world.vpn()).toMatchObject({ name: 'Headquarters', esp: guideVpn.esp });
  });

  test('is always possible: nothing else gets the subnets of before while a change is under way', async () => {
    await world.control('rollback');
    await world.change({ peerSubnets: ['10.99.0.0/16'] });
    const rival = await createVpn(world.admin, world.team, { name: 'Rival', peerIp: '1.2.3.9' });
    const { items } = JSON.parse(await (await world.admin.get(`${world.team}/workspaces`)).text());
    const connecting = await world.admin.put(`${world.team}/vpns/${rival.id}/workspaces/${items[0].id}`);
    expect(await body(connecting, 409)).toMatchObject({ code: 'overlaps_vpn' });
  });
});
