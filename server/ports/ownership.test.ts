import { beforeEach, describe, expect, test } from 'vitest';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, forwardPort, setPortVisibility } from '../fixtures.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;

beforeEach(async () => {
  world = await createPortWorld();
  const { olga, team } = world;
  await forwardPort(olga.client, team.path, 'api', 3000);
  await setPortVisibility(olga.client, team.path, 'api', 3000, 'organization');
});

const handOver = async (ownerId: string) => {
  const { olga, team } = world;
  await body(await olga.client.patch(`${team.path}/workspaces/api`, { ownerId }, { ifMatch: '*' }), 200);
};
const remove = async (userId: string) => {
  await body(await world.ada.client.delete(`${world.team.path}/members/${userId}`), 204);
};

describe.each([
  ['is handed over', () => handOver(world.bob.id)],
  ['loses its owner', () => remove(world.olga.id)],
])('when a workspace %s', (_, happens) => {
  test('everybody asks again who was let in, and its ports stay as visible as they were', async () => {
    const before = await world.row(3000);
    const topics = await world.published(happens);
    expect(topics).toEqual(expect.arrayContaining(['ports', `ports:${world.api.id}`]));
    const after = await world.row(3000);
    expect(after.access_epoch).toBe(before.access_epoch + 1);
    expect(after).toMatchObject({ visibility: 'organization', host: before.host, shared_by: world.olga.id });
  });

  test('what its old join commands started goes on, and they admit nothing new', async () => {
    const { token } = await world.token();
    const one = await new FakeAgent(world.deps.hub, 'one').join(token);
    await happens();
    await one.ports(4000);
    expect(one.closedWith).toBeNull();
    expect(await world.row(4000)).toMatchObject({ forwarded: 1 });
    const two = await new FakeAgent(world.deps.hub, 'two').join(token);
    expect(two.closedWith).toMatchObject({ reason: expect.stringContaining('expired') });
    await one.hangUp();
    expect((await new FakeAgent(world.deps.hub, 'one').join(token)).closedWith).toBeNull();
  });
});

test('a workspace that is only renamed keeps its join commands and who was let in', async () => {
  const { olga, team } = world;
  const before = await world.row(3000);
  const { token } = await world.token();
  const path = `${team.path}/workspaces/api`;
  await body(await olga.client.patch(path, { name: 'backend' }, { ifMatch: '*' }), 200);
  expect((await world.row(3000)).access_epoch).toBe(before.access_epoch);
  expect((await new FakeAgent(world.deps.hub, 'one').join(token)).closedWith).toBeNull();
});

test('the new owner manages the ports, gets the notices, and the old one neither', async () => {
  const { olga, bob, team } = world;
  await setPortVisibility(olga.client, team.path, 'api', 3000, 'public');
  const path = `${team.path}/workspaces/api/ports/3000`;
  await body(await olga.client.patch(path, { protocol: 'https' }, { ifMatch: '*' }), 200);
  await handOver(bob.id);
  expect(await world.notices(olga.client)).toEqual([]);
  expect(await world.notices(bob.client)).toMatchObject([{ port: 3000 }]);
  await body(await olga.client.patch(path, { visibility: 'public' }, { ifMatch: '*' }), 403);
  expect(await setPortVisibility(bob.client, team.path, 'api', 3000, 'public')).toMatchObject({
    sharedBy: { name: 'Bob' },
  });
});

test('a deleted workspace leaves nothing of its ports', async () => {
  const agent = await world.join();
  await agent.ports(3000, 4000);
  await body(await world.olga.client.delete(`${world.team.path}/workspaces/api`), 204);
  expect(await world.db.selectFrom('port').selectAll().execute()).toEqual([]);
  expect(await world.db.selectFrom('replica_port').selectAll().execute()).toEqual([]);
});
