import { beforeEach, describe, expect, test } from 'vitest';
import { Rollout } from '../../contract/rollouts.ts';
import { body, createVpn, guideVpn } from '../fixtures.ts';
import { createRolloutWorld, expectAsBefore, type RolloutWorld } from './testing/rolloutWorld.ts';

let world: RolloutWorld;

const shorter = { esp: { ...guideVpn.esp, lifetimeSeconds: 3600 } };

beforeEach(async () => {
  world = await createRolloutWorld({ api: 2, web: 1 });
});

describe('replicas whose agents are away for a moment, their tunnels up', () => {
  test('after a restart of the server take part in a change that is made before they are back', async () => {
    world.host.clock.advance(3_600_000);
    await world.restartServer();
    await world.change(shorter);
    expect(await world.states()).toEqual({ 'api-1': 'waiting', 'api-2': 'waiting', 'web-1': 'waiting' });
    await world.dialAgain();
    expect(await world.states()).toEqual({ 'api-1': 'trying', 'api-2': 'waiting', 'web-1': 'waiting' });
    for (const name of ['api-2', 'web-1']) expectAsBefore(world.replica(name));
  });

  test('take part in a move', async () => {
    const { id: to } = await createVpn(world.admin, world.team, {
      name: 'New',
      peerIp: '1.2.3.9',
      peerSubnets: ['10.251.0.0/24'],
    });
    await world.restartServer();
    const sent = { to, workspaces: [await world.workspaceId('api')] };
    Rollout.parse(await body(await world.admin.post(`${world.at}/moves`, sent), 201));
    await world.settle();
    expect(await world.states()).toEqual({ 'api-1': 'waiting', 'api-2': 'waiting' });
  });

  test('aren’t skipped while others are there', async () => {
    await world.replica('api-2').agent.hangUp();
    await world.settle();
    await world.change(shorter);
    expect((await world.states())['api-2']).toBe('waiting');
  });

  test('count as offline after a minute', async () => {
    await world.restartServer();
    await world.pass(60_000);
    expect((await world.change(shorter)).rollout).toBeNull();
  });

  test('whose tunnel wasn’t up have nothing to protect', async () => {
    for (const name of ['api-1', 'api-2', 'web-1']) await world.replica(name).says({ state: 'failed' });
    await world.restartServer();
    expect((await world.change(shorter)).rollout).toBeNull();
  });
});
