import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { Workspace } from '../../contract/workspaces.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let admin: TestClient;
let olga: { id: string; client: TestClient };
let team: string;
let teamId: string;

beforeEach(async () => {
  host = await createTestApp();
  ({ id: teamId, path: team } = await host.addTeam());
  admin = (await host.member('Ada', teamId, 'admin')).client;
  olga = await host.member('Olga', teamId);
});

const list = async (query = '') =>
  page(Workspace).parse(await body(await admin.get(`${team}/workspaces${query}`), 200));
const names = async (query = '') => (await list(query)).items.map(({ name }) => name);

test('a workspace belongs to whoever creates it, and is found by id and name', async () => {
  const workspace = await createWorkspace(olga.client, team, 'api');
  expect(workspace).toMatchObject({
    name: 'api',
    owner: { id: olga.id, name: 'Olga' },
    revision: 1,
    vpns: [],
  });
  expect(await body(await admin.get(`${team}/workspaces/API`), 200)).toEqual(workspace);
  expect(await body(await admin.get(`${team}/workspaces/${workspace.id}`), 200)).toEqual(workspace);
});

test('a name is unique in its team, and free in another', async () => {
  await createWorkspace(admin, team, 'api');
  expect(await body(await admin.post(`${team}/workspaces`, { name: 'api' }), 422)).toMatchObject({
    errors: [{ path: 'name', code: 'name_taken' }],
  });
  const other = await host.addTeam('Other');
  await createWorkspace((await host.member('Otto', other.id)).client, other.path, 'api');
});

test('the list pages, sorts, and is searched by name and owner', async () => {
  for (const name of ['web', 'api', 'db']) {
    await createWorkspace(name === 'db' ? olga.client : admin, team, name);
    host.clock.advance(1000);
  }
  expect(await names()).toEqual(['api', 'db', 'web']);
  expect(await names('?sort=-name')).toEqual(['web', 'db', 'api']);
  expect(await names('?sort=-created')).toEqual(['db', 'api', 'web']);
  expect(await names('?search=WE')).toEqual(['web']);
  expect(await names('?search=olga')).toEqual(['db']);
  expect(await names('?search=%25')).toEqual([]);

  const first = await list('?limit=2&sort=-created');
  expect(first).toMatchObject({ total: 3, items: [{ name: 'db' }, { name: 'api' }] });
  expect(await list(`?limit=2&sort=-created&cursor=${first.nextCursor}`)).toMatchObject({
    total: 3,
    nextCursor: null,
    items: [{ name: 'web' }],
  });
  await body(await admin.get(`${team}/workspaces?cursor=nonsense`), 400);
});

test('it counts its replicas and names its VPNs', async () => {
  const workspace = await createWorkspace(admin, team, 'api');
  const vpn = await createVpn(admin, team);
  await connect(admin, team, vpn.id, workspace.id);
  const { token } = await createJoinToken(admin, team, workspace.id);
  await new FakeAgent(host.deps.hub, 'one').join(token);
  await (await new FakeAgent(host.deps.hub, 'two').join(token)).hangUp();
  expect((await list()).items).toMatchObject([
    {
      replicas: { total: 2, online: 1 },
      vpns: [{ id: vpn.id, name: vpn.name }],
      tunnels: { wanted: 2, pending: 1, offline: 1, worst: { state: 'offline' } },
    },
  ]);
});

describe('changing', () => {
  test('renaming renames the replicas, and restarts nothing', async () => {
    const { id } = await createWorkspace(admin, team, 'api');
    const { token } = await createJoinToken(admin, team, id);
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, id);
    const agent = await new FakeAgent(host.deps.hub).join(token);
    const before = agent.last('desired');
    expect(
      await body(await admin.patch(`${team}/workspaces/api`, { name: 'web' }, { ifMatch: '"1"' }), 200),
    ).toMatchObject({
      name: 'web',
      revision: 2,
    });
    await agent.hangUp();
    await agent.join(token);
    expect(agent.replica.name).toBe('web-1');
    expect(agent.last('desired')).toEqual(before);
  });

  test('handing over takes a member of the team', async () => {
    await createWorkspace(olga.client, team, 'api');
    const { id: stranger } = await host.addUser('Sam');
    const path = `${team}/workspaces/api`;
    expect(
      await body(await olga.client.patch(path, { ownerId: stranger }, { ifMatch: '"1"' }), 422),
    ).toMatchObject({
      errors: [{ path: 'ownerId', code: 'not_a_member' }],
    });
    const heir = await host.member('Hanna', teamId);
    expect(
      await body(await olga.client.patch(path, { ownerId: heir.id }, { ifMatch: '"1"' }), 200),
    ).toMatchObject({
      owner: { id: heir.id, name: 'Hanna' },
    });
    await body(await olga.client.patch(path, { name: 'mine' }, { ifMatch: '"2"' }), 403);
  });

  test('needs the revision it is based on; whoever is late sees how it is now', async () => {
    await createWorkspace(admin, team, 'api');
    const path = `${team}/workspaces/api`;
    await body(await admin.patch(path, { name: 'web' }), 428);
    await body(await admin.patch(path, { name: 'web' }, { ifMatch: '"1"' }), 200);
    expect(
      await body(await admin.patch(`${team}/workspaces/web`, { name: 'db' }, { ifMatch: '"1"' }), 412),
    ).toMatchObject({
      current: { name: 'web', revision: 2 },
    });
  });
});
