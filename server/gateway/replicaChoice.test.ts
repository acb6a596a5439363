import { beforeEach, describe, expect, test } from 'vitest';
import { answerOf, createPortWorld, visitOf, type PortWorld, type TestPort } from './testing/portWorld.ts';

const cookie = (replicaId: string) => ({ cookie: `__Host-Http-culvert-test-replica=${replicaId}` });

let world: PortWorld;
let port: TestPort;
let first: string;

beforeEach(async () => {
  world = await createPortWorld();
  port = await world.addPort({ visibility: 'public' });
  first = (await world.db.selectFrom('replica').select('id').executeTakeFirstOrThrow()).id;
});

const replicasFor = async (headers: Record<string, string> = {}) =>
  visitOf(await world.admit(port, { kind: 'fetch', headers })).replicas;

describe('a viewer is served', () => {
  test('where the port listens first, then anywhere else that is connected', async () => {
    const idle = await world.addReplica({ listens: [4000] });
    await world.addReplica({ online: false });
    expect(await replicasFor()).toEqual([first, idle]);
  });

  test('at the replica they were at, while it is connected, even if others listen', async () => {
    const idle = await world.addReplica({ listens: [] });
    expect(await replicasFor(cookie(idle))).toEqual([idle, first]);
    await world.db.updateTable('replica').set({ connection: null }).where('id', '=', idle).execute();
    expect(await replicasFor(cookie(idle))).toEqual([first]);
  });

  test('at no replica of another workspace, whatever the cookie says', async () => {
    await world.db
      .insertInto('workspace')
      .values({
        id: 'ws_evil',
        team_id: world.otherTeam.id,
        name: 'evil',
        owner_id: world.stranger.id,
        created_at: '2026',
      })
      .execute();
    const foreign = await world.addReplica({ workspaceId: 'ws_evil' });
    expect(await replicasFor(cookie(foreign))).toEqual([first]);
    expect(await replicasFor(cookie('rep_nothing'))).toEqual([first]);
  });

  test('for the first time by each replica about as often', async () => {
    const others = [await world.addReplica(), await world.addReplica()];
    const served = new Map<string | undefined, number>();
    for (let n = 0; n < 300; n += 1) {
      const [best] = await replicasFor();
      served.set(best, (served.get(best) ?? 0) + 1);
    }
    // 100 each; six standard deviations are 49.
    for (const id of [first, ...others]) expect(served.get(id)).toBeGreaterThan(51);
  });
});

test('the cookie that keeps a viewer at a replica is set when they come to it', async () => {
  const visit = visitOf(await world.admit(port, { kind: 'fetch', headers: cookie(first) }));
  expect(visit.stickTo(first)).toBeNull();
  expect(visit.stickTo('rep_b')).toBe(
    '__Host-Http-culvert-test-replica=rep_b; Path=/; Secure; HttpOnly; SameSite=Lax',
  );
});

test('where no replica is connected it says so at once', async () => {
  await world.db.updateTable('replica').set({ connection: null }).execute();
  const response = answerOf(await world.admit(port, { kind: 'fetch' }));
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ code: 'replica_offline' });
});

test('where there is no replica at all it says that', async () => {
  await world.db.deleteFrom('replica').execute();
  const response = answerOf(await world.admit(port, { kind: 'fetch' }));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'no_replica' });
});

describe('connections are counted together', () => {
  const keyOf = async (headers: Record<string, string>, remoteAddress: string) =>
    visitOf(await world.admit(port, { kind: 'fetch', headers, remoteAddress })).viewerKey;

  test('of a user wherever they come from', async () => {
    const mine = { cookie: await world.giveCookie(port, world.owner.id) };
    const script = { 'culvert-token': await world.giveApiToken(world.owner.id) };
    expect(await keyOf(mine, '203.0.113.9')).toBe(`user:${world.owner.id}`);
    expect(await keyOf(script, '2001:db8::1')).toBe(`user:${world.owner.id}`);
  });

  test('of strangers by address, and by the network of an IPv6 address', async () => {
    expect(await keyOf({}, '203.0.113.9')).toBe('address:203.0.113.9');
    expect(await keyOf({}, '2001:db8:1:2:3::4')).toBe(await keyOf({}, '2001:db8:1:2::9'));
    expect(await keyOf({}, '2001:db8:1:2::9')).not.toBe(await keyOf({}, '2001:db8:1:3::9'));
  });
});
