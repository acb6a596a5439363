import { beforeEach, describe, expect, test } from 'vitest';
import type { MoveCreate } from '../../contract/rollouts.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { body, connect, createVpn } from '../fixtures.ts';
import { createRolloutWorld, type RolloutWorld } from './testing/rolloutWorld.ts';

let world: RolloutWorld;
let to: Vpn;

beforeEach(async () => {
  world = await createRolloutWorld({ api: 2, web: 1 });
  const elsewhere = { peerIp: '1.2.3.9', peerSubnets: ['10.251.0.0/24'] };
  to = await createVpn(world.admin, world.team, { name: 'New', ...elsewhere });
});

const idOf = (name: string) => world.workspaceId(name);

describe('what can’t be moved', () => {
  const attempt = async (sent: Partial<MoveCreate>, status: number) => {
    const wish = { to: 'New', workspaces: [await idOf('api')], ...sent };
    return await body(await world.admin.post(`${world.at}/moves`, wish), status);
  };

  test('is said by field', async () => {
    expect(await attempt({ to: 'Nowhere' }, 422)).toMatchObject({
      errors: [{ path: 'to', code: 'unknown_vpn' }],
    });
    expect(await attempt({ to: 'office' }, 422)).toMatchObject({
      errors: [{ path: 'to', code: 'same_vpn' }],
    });
    expect(await attempt({ workspaces: [await idOf('web'), 'ws_none'] }, 422)).toMatchObject({
      errors: [{ path: 'workspaces.1', code: 'not_connected' }],
    });
    expect(await attempt({ check: { address: '10.9.0.1', port: null } }, 422)).toMatchObject({
      errors: [{ path: 'check.address', code: 'address_outside' }],
    });
  });

  test('is said of what is in the way', async () => {
    const third = await createVpn(world.admin, world.team, {
      name: 'Third',
      peerIp: '1.2.3.8',
      peerSubnets: ['10.251.0.0/16'],
    });
    await connect(world.admin, world.team, third.id, await idOf('api'));
    expect(await attempt({}, 409)).toMatchObject({
      code: 'overlaps_vpn',
      title: expect.stringMatching(/^api can’t be moved to New\./),
    });
    await connect(world.admin, world.team, to.id, await idOf('web'));
    expect(await attempt({ workspaces: [await idOf('web')] }, 409)).toMatchObject({
      code: 'connected_to_both',
    });
  });

  test('is what moves already', async () => {
    await attempt({}, 201);
    expect(await attempt({ workspaces: [await idOf('web')] }, 409)).toMatchObject({
      code: 'rollout_running',
    });
  });
});
