import { beforeEach, describe, expect, test } from 'vitest';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, forwardPort, setPortVisibility } from '../fixtures.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;
let agent: FakeAgent;

/** A public port, one of the organization and a private one, shared while the replica `one` is connected. */
beforeEach(async () => {
  world = await createPortWorld();
  const { olga, team } = world;
  agent = await world.join('one', { boot: 'boot-1' });
  for (const [port, visibility] of [
    [3000, 'public'],
    [3001, 'organization'],
    [3002, 'private'],
  ] as const) {
    await forwardPort(olga.client, team.path, 'api', port);
    await setPortVisibility(olga.client, team.path, 'api', port, visibility);
  }
});

const levels = async () =>
  Object.fromEntries(Object.values(await world.ports()).map(({ port, visibility }) => [port, visibility]));
const epochs = async () =>
  (await world.db.selectFrom('port').select('access_epoch').orderBy('number').execute()).map(
    (row) => row.access_epoch,
  );
const shared = { 3000: 'public', 3001: 'organization', 3002: 'private' };
const restarted = { ...shared, 3000: 'private' };

describe('the workspace has restarted when', () => {
  test('a replica is back that has booted again', async () => {
    await agent.hangUp();
    await world.join('one', { boot: 'boot-2' });
    expect(await levels()).toEqual(restarted);
  });

  test('a replica that is known has booted again while others run', async () => {
    await world.join('two');
    await agent.hangUp();
    await world.join('one', { boot: 'boot-2' });
    expect(await levels()).toEqual(restarted);
  });

  test('a new replica joins while none of those before is connected', async () => {
    await agent.hangUp();
    await world.join('two');
    expect(await levels()).toEqual(restarted);
  });

  test('a new replica joins after all were removed', async () => {
    await body(await world.olga.client.delete(`${world.team.path}/replicas/${agent.replica.id}`), 204);
    await world.join('two');
    expect(await levels()).toEqual(restarted);
  });
});

describe('the workspace has not restarted when', () => {
  test('an agent is back that says the same boot', async () => {
    await agent.hangUp();
    await world.join('one', { boot: 'boot-1' });
    expect(await levels()).toEqual(shared);
  });

  test('another replica joins beside one that is connected', async () => {
    await world.join('two', { boot: 'another' });
    expect(await levels()).toEqual(shared);
  });

  test('its very first replica joins', async () => {
    const fresh = await createPortWorld();
    await forwardPort(fresh.olga.client, fresh.team.path, 'api', 3000);
    await setPortVisibility(fresh.olga.client, fresh.team.path, 'api', 3000, 'public');
    await fresh.join();
    expect(await fresh.ports()).toMatchObject({ 3000: { visibility: 'public', notice: null } });
  });

  test('a replica is back of which no boot is known yet', async () => {
    await agent.hangUp();
    await world.db.updateTable('replica').set({ boot: null }).execute();
    await world.join('one', { boot: 'boot-2' });
    expect(await levels()).toEqual(shared);
  });

  test('a replica of another workspace has', async () => {
    const { olga, team } = world;
    await body(await olga.client.post(`${team.path}/workspaces`, { name: 'web' }), 201);
    const other = await world.join('three', { workspace: 'web' });
    await other.hangUp();
    await world.join('three', { workspace: 'web', boot: 'boot-2' });
    expect(await levels()).toEqual(shared);
  });

  test('somebody comes with the key of a replica and another secret', async () => {
    const { token } = await world.token();
    await new FakeAgent(world.deps.hub, 'one').join(token, { boot: 'boot-2', secret: 'x'.repeat(40) });
    expect(await levels()).toEqual(shared);
  });
});

test('after a restart everybody asks again who was let in anywhere', async () => {
  const before = await epochs();
  await agent.hangUp();
  await world.join('one', { boot: 'boot-2' });
  const after = await epochs();
  expect(after.map((epoch, at) => epoch > (before[at] ?? epoch))).toEqual([true, true, true]);
});

test('its owner sees why a port is private, and shares it again with one change', async () => {
  const { olga, team, clock } = world;
  await agent.hangUp();
  clock.advance(60_000);
  const topics = await world.published(() => world.join('one', { boot: 'boot-2' }));
  expect(topics).toEqual(expect.arrayContaining(['activity', 'ports', `ports:${world.api.id}`]));
  expect(await world.notices(olga.client)).toMatchObject([
    { port: 3000, notice: { from: 'public', reason: 'restarted' } },
  ]);
  expect(await world.activity()).toContainEqual({
    by: 'Culvert',
    action: 'port.made-private',
    summary: 'Made port 3000 of the workspace api private because the workspace restarted. It was public.',
  });
  expect(await setPortVisibility(olga.client, team.path, 'api', 3000, 'public')).toMatchObject({
    visibility: 'public',
    notice: null,
  });
  await agent.hangUp();
  await world.join('one', { boot: 'boot-2' });
  expect(await levels()).toEqual(shared);
});
