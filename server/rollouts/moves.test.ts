import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { Rollout, type MoveCreate } from '../../contract/rollouts.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { body, connect, createVpn } from '../fixtures.ts';
import { createRolloutWorld, type RolloutWorld } from './testing/rolloutWorld.ts';

let world: RolloutWorld;
let to: Vpn;
let toPath: string;

const start = async (subnets: string[]) => {
  world = await createRolloutWorld({ api: 2, web: 1 });
  to = await createVpn(world.admin, world.team, { name: 'New', peerIp: '1.2.3.9', peerSubnets: subnets });
  toPath = `${world.team}/vpns/${to.id}`;
};

beforeEach(async () => {
  await start(['10.251.0.0/24']);
});

const idOf = (name: string) => world.workspaceId(name);

async function move(names: readonly string[], more: Partial<MoveCreate> = {}): Promise<Rollout> {
  const workspaces = await Promise.all(names.map(idOf));
  const sent = { to: 'New', workspaces, ...more };
  const rollout = Rollout.parse(await body(await world.admin.post(`${world.at}/moves`, sent), 201));
  await world.settle();
  return rollout;
}

/** The VPNs that a replica is told to hold, by name. */
const held = (name: string) =>
  world
    .replica(name)
    .agent.last('desired')
    .vpns.map((vpn) => vpn.name)
    .toSorted();

const comesUp = (name: string) => world.replica(name).says({ state: 'up', appliedRevision: 1 }, to.id);
const fails = (name: string) =>
  world.replica(name).says(
    {
      state: 'failed',
      appliedRevision: 1,
      diagnosis: { code: 'gateway_unreachable', parts: {}, log: [] },
    },
    to.id,
  );

const connectedTo = async (path: string) =>
  page(ConnectedWorkspace)
    .parse(await body(await world.admin.get(`${path}/workspaces`), 200))
    .items.map(({ workspace }) => workspace.name);

describe('a move between VPNs whose subnets are apart', () => {
  test('brings up the new tunnel beside the old one, replica by replica, then the old one goes', async () => {
    expect(await move(['api', 'web'])).toMatchObject({
      kind: 'move',
      to: { name: 'New' },
      workspaces: [{ name: 'api' }, { name: 'web' }],
      makeBeforeBreak: true,
    });
    expect([held('api-1'), held('api-2'), held('web-1')]).toEqual([
      ['New', 'Office'],
      ['Office'],
      ['Office'],
    ]);
    await comesUp('api-1');
    expect([held('api-1'), held('api-2')]).toEqual([['New'], ['New', 'Office']]);
    expect(await connectedTo(world.at)).toEqual(['api', 'web']);
    await comesUp('api-2');
    // All of its replicas are there: the workspace has left the first VPN.
    expect(await connectedTo(world.at)).toEqual(['web']);
    expect(await connectedTo(toPath)).toEqual(['api', 'web']);
    await comesUp('web-1');
    expect(await world.rollout()).toMatchObject({ state: 'completed' });
    expect(await connectedTo(world.at)).toEqual([]);
    expect(held('web-1')).toEqual(['New']);
    expect((await world.activity())[0]?.summary).toBe(
      'Completed the move of 2 workspaces from the VPN Office to New: it holds on 3 replicas.',
    );
  });

  test('lists only the tunnels that a replica is meant to have at the moment', async () => {
    await move(['api']);
    const shown = async (path: string) => (await world.tunnels(path)).map(({ replica }) => replica.name);
    expect(await shown(world.at)).toEqual(['api-1', 'api-2', 'web-1']);
    expect(await shown(toPath)).toEqual(['api-1']);
    await comesUp('api-1');
    expect(await shown(world.at)).toEqual(['api-2', 'web-1']);
    expect(await shown(toPath)).toEqual(['api-1', 'api-2']);
    expect(await world.vpn()).toMatchObject({ tunnels: { wanted: 2, up: 2 } });
  });

  test('asks the replica itself whether the check is answered, again and again until the limit', async () => {
    await move(['api'], { check: { address: '10.251.0.5', port: 443 }, limitSeconds: 30 });
    await comesUp('api-1');
    const { agent } = world.replica('api-1');
    expect(agent.last('verify')).toMatchObject({ vpnId: to.id, address: '10.251.0.5', port: 443 });
    const answer = async (state: 'succeeded' | 'failed') => {
      const { id } = agent.last('verify');
      await agent.say({ type: 'verified', id, state, code: null, message: '', roundTripMs: null });
    };
    await answer('failed');
    await world.pass(2_000);
    expect(agent.all('verify')).toHaveLength(2);
    await answer('succeeded');
    await world.settle();
    expect((await world.states())['api-1']).toBe('changed');
    await comesUp('api-2');
    await world.pass(30_000);
    expect(await world.rollout()).toMatchObject({
      state: 'paused',
      replicas: [{ state: 'changed' }, { reason: '10.251.0.5 port 443 didn’t answer through the tunnel.' }],
    });
    expect(held('api-2')).toEqual(['Office']);
  });

  test('whose first replica fails leaves everything as it was', async () => {
    await move(['api', 'web']);
    await fails('api-1');
    expect(await world.rollout()).toMatchObject({
      state: 'failed',
      replicas: [{ state: 'went-back', diagnosis: { code: 'gateway_unreachable' } }, {}, {}],
    });
    expect([held('api-1'), held('api-2'), held('web-1')]).toEqual([['Office'], ['Office'], ['Office']]);
    expect(await connectedTo(world.at)).toEqual(['api', 'web']);
    expect(await connectedTo(toPath)).toEqual([]);
    expect((await world.activity())[0]?.action).toBe('vpn.move-failed');
  });

  test('gives up a replica that isn’t up within the limit, and pauses where others are there already', async () => {
    await move(['api'], { limitSeconds: 30 });
    await comesUp('api-1');
    await world.replica('api-2').says({ state: 'connecting', appliedRevision: 1 }, to.id);
    await world.pass(25_000);
    expect((await world.rollout()).state).toBe('running');
    await world.pass(5_000);
    expect(await world.rollout()).toMatchObject({
      state: 'paused',
      replicas: [{}, { reason: 'Its tunnel didn’t come up within 30 seconds.' }],
    });
    expect([held('api-1'), held('api-2')]).toEqual([['New'], ['Office']]);
    // What is reported late of the tunnel that it isn't meant to have any more isn't taken for the next try.
    await comesUp('api-2');
    await world.control('resume');
    expect(held('api-2')).toEqual(['New', 'Office']);
    expect((await world.states())['api-2']).toBe('trying');
    await comesUp('api-2');
    expect((await world.rollout()).state).toBe('completed');
  });

  test('is taken back with all that had moved already', async () => {
    await move(['api', 'web']);
    await comesUp('api-1');
    await comesUp('api-2');
    expect(await connectedTo(world.at)).toEqual(['web']);
    await world.control('rollback');
    expect(await connectedTo(world.at)).toEqual(['api', 'web']);
    expect(await connectedTo(toPath)).toEqual([]);
    expect([held('api-1'), held('api-2'), held('web-1')]).toEqual([['Office'], ['Office'], ['Office']]);
    expect((await world.activity())[0]?.action).toBe('vpn.move-rolled-back');
  });

  test('isn’t taken back onto a VPN that no longer goes with what the workspace got meanwhile', async () => {
    await move(['api', 'web']);
    await comesUp('api-1');
    await comesUp('api-2');
    const rival = await createVpn(world.admin, world.team, { name: 'Rival', peerIp: '1.2.3.8' });
    await connect(world.admin, world.team, rival.id, await idOf('api'));
    expect(await body(await world.admin.post(`${world.at}/rollout/rollback`), 409)).toMatchObject({
      code: 'overlaps_vpn',
      title: expect.stringMatching(/^api can’t be connected to Office again\./),
    });
  });

  test('goes on after the server was killed, and counts the time of a replica from when it is back', async () => {
    await move(['api'], { limitSeconds: 30 });
    await world.restartServer();
    await world.pass(600_000);
    expect(await world.rollout()).toMatchObject({
      state: 'running',
      waitingFor: 'api-1 is offline. This goes on when it is back.',
    });
    await world.dialAgain();
    expect(held('api-1')).toEqual(['New', 'Office']);
    await comesUp('api-1');
    expect((await world.states())['api-1']).toBe('changed');
  });

  test('a replica that joins meanwhile begins on the first VPN, and comes along at the end', async () => {
    await move(['web']);
    await world.join('web', 'web-2');
    expect(held('web-2')).toEqual(['Office']);
    await comesUp('web-1');
    expect(held('web-2')).toEqual(['New']);
  });

  test('is found at both VPNs, and keeps both from being changed', async () => {
    await move(['api']);
    expect(await world.rollout(toPath)).toMatchObject({ vpn: { name: 'Office' }, to: { name: 'New' } });
    for (const path of [world.at, toPath]) {
      const answer = await world.admin.patch(path, { dpdDelaySeconds: 60 }, { ifMatch: '*' });
      expect(await body(answer, 409)).toMatchObject({
        code: 'rollout_running',
        title:
          'Ada began to move workspaces from Office to New, and that is on its way to the replicas. Wait until it is through, or take it back.',
      });
    }
  });

  test('disconnecting the workspace from the other VPN keeps it where it was', async () => {
    await move(['api']);
    await comesUp('api-1');
    await body(await world.admin.delete(`${toPath}/workspaces/${await idOf('api')}`), 204);
    await world.settle();
    expect([held('api-1'), held('api-2')]).toEqual([['Office'], ['Office']]);
    expect(await connectedTo(world.at)).toEqual(['api', 'web']);
    expect((await world.rollout()).state).toBe('completed');
  });

  test('a workspace that was disconnected from the other VPN doesn’t keep the move busy', async () => {
    await move(['api', 'web']);
    await comesUp('api-1');
    await body(await world.admin.delete(`${toPath}/workspaces/${await idOf('api')}`), 204);
    await world.settle();
    expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'skipped', 'web-1': 'trying' });
    let told = 0;
    const unsubscribe = world.host.deps.bus.subscribe(world.teamId, () => (told += 1));
    for (let second = 0; second < 10; second += 1) await world.pass(1_000);
    unsubscribe();
    expect(told).toBe(0);
    await comesUp('web-1');
    expect((await world.rollout()).state).toBe('completed');
    expect(await connectedTo(world.at)).toEqual(['api']);
  });

  describe('leaves alone what somebody connects or disconnects meanwhile:', () => {
    const disconnect = async (path: string, name: string) => {
      await body(await world.admin.delete(`${path}/workspaces/${await idOf(name)}`), 204);
      await world.settle();
    };
    const connectAgain = async (path: string, name: string) => {
      await body(await world.admin.put(`${path}/workspaces/${await idOf(name)}`), 200);
      await world.settle();
    };

    test('a workspace that has moved and is connected to the first VPN again has both', async () => {
      await move(['api', 'web']);
      await comesUp('api-1');
      await comesUp('api-2');
      expect(await connectedTo(world.at)).toEqual(['web']);
      await connectAgain(world.at, 'api');
      expect(held('api-1')).toEqual(['New', 'Office']);
      await comesUp('web-1');
      expect(await world.rollout()).toMatchObject({ state: 'completed', workspaces: [{ name: 'web' }] });
      expect(await connectedTo(world.at)).toEqual(['api']);
      expect(await connectedTo(toPath)).toEqual(['api', 'web']);
      expect(held('api-1')).toEqual(['New', 'Office']);
    });

    test('one that was disconnected from the first VPN isn’t connected to it when the move is taken back', async () => {
      await move(['api', 'web']);
      await disconnect(world.at, 'api');
      expect([held('api-1'), held('api-2')]).toEqual([['New'], ['New']]);
      await world.control('rollback');
      expect(await connectedTo(world.at)).toEqual(['web']);
      expect(await connectedTo(toPath)).toEqual(['api']);
      expect([held('api-1'), held('web-1')]).toEqual([['New'], ['Office']]);
    });

    test('one that was disconnected from the other VPN and connected again keeps both', async () => {
      await move(['api', 'web']);
      await comesUp('api-1');
      await disconnect(toPath, 'api');
      await connectAgain(toPath, 'api');
      expect([held('api-1'), held('api-2')]).toEqual([
        ['New', 'Office'],
        ['New', 'Office'],
      ]);
      await comesUp('web-1');
      expect(await world.rollout()).toMatchObject({ state: 'completed' });
      expect(await world.states()).toEqual({ 'api-1': 'changed', 'api-2': 'skipped', 'web-1': 'changed' });
      expect(await connectedTo(world.at)).toEqual(['api']);
      expect(await connectedTo(toPath)).toEqual(['api', 'web']);
    });

    test('where none is left there is nothing to move', async () => {
      await move(['api']);
      await disconnect(world.at, 'api');
      expect(await world.rollout()).toMatchObject({ state: 'completed', workspaces: [] });
      expect((await world.activity())[0]?.summary).toMatch(
        /^Completed the move from the VPN Office to New: /,
      );
      expect(await connectedTo(toPath)).toEqual(['api']);
    });

    test('where none is left of a move that is paused it can be taken back all the same', async () => {
      await move(['api']);
      await world.control('pause');
      await disconnect(world.at, 'api');
      expect(await world.control('rollback')).toMatchObject({ state: 'rolled-back' });
      expect(await connectedTo(toPath)).toEqual(['api']);
    });
  });

  test('deleting the other VPN keeps the workspaces where they were', async () => {
    await move(['api']);
    await body(await world.admin.delete(toPath), 204);
    await world.settle();
    expect([held('api-1'), held('api-2')]).toEqual([['Office'], ['Office']]);
    await body(await world.admin.get(`${world.at}/rollout`), 404);
  });

  test('workspaces without a tunnel that is up are moved at once: there is nothing to protect', async () => {
    for (const name of ['api-1', 'api-2']) await world.replica(name).says({ state: 'failed' });
    await move(['api']);
    expect(await world.rollout()).toMatchObject({ state: 'completed', replicas: [{ state: 'skipped' }, {}] });
    expect([held('api-1'), held('web-1')]).toEqual([['New'], ['Office']]);
  });
});

describe('a move between VPNs whose subnets overlap', () => {
  beforeEach(async () => {
    await start(['10.250.0.0/24']);
  });

  test('puts the new tunnel in the place of the old one, and the old one back where it fails', async () => {
    expect(await move(['api'])).toMatchObject({ makeBeforeBreak: false });
    expect([held('api-1'), held('api-2')]).toEqual([['New'], ['Office']]);
    await comesUp('api-1');
    expect([held('api-1'), held('api-2')]).toEqual([['New'], ['New']]);
    await fails('api-2');
    expect(await world.rollout()).toMatchObject({ state: 'paused' });
    expect([held('api-1'), held('api-2')]).toEqual([['New'], ['Office']]);
  });
});
