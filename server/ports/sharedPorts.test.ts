import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { SharedPort } from '../../contract/ports.ts';
import { body, createWorkspace, forwardPort, setPortVisibility } from '../fixtures.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;

const list = async (query = '', client = world.bob.client) =>
  page(SharedPort).parse(await body(await client.get(`${world.team.path}/ports${query}`), 200));
const shown = async (query = '') =>
  (await list(query)).items.map(({ workspace, port }) => `${workspace.name}:${port}`);

/** Olga’s `api` and Ada’s `web` share three ports each, a minute apart; each has one that is private. */
beforeEach(async () => {
  world = await createPortWorld();
  const { olga, ada, team, clock } = world;
  await createWorkspace(ada.client, team.path, 'web');
  for (const [client, workspace, port, visibility, label] of [
    [olga.client, 'api', 3000, 'public', 'Shop'],
    [ada.client, 'web', 80, 'organization', 'Docs'],
    [olga.client, 'api', 3001, 'organization', null],
    [ada.client, 'web', 3000, 'public', null],
    [olga.client, 'api', 3002, 'private', 'Shop admin'],
    [ada.client, 'web', 3005, 'private', null],
  ] as const) {
    clock.advance(60_000);
    await forwardPort(client, team.path, workspace, port, { label });
    await setPortVisibility(client, team.path, workspace, port, visibility);
  }
});

test('every member sees what is shared, with who shared it and since when', async () => {
  const { items, total } = await list('?search=shop');
  expect(total).toBe(1);
  expect(items).toEqual([
    {
      workspace: { id: world.api.id, name: 'api' },
      owner: { id: world.olga.id, name: 'Olga' },
      port: 3000,
      label: 'Shop',
      protocol: 'http',
      visibility: 'public',
      url: expect.stringMatching(/^http:\/\/[a-z2-7]{10}\.localhost:8080$/),
      status: 'no-replica',
      sharedBy: { id: world.olga.id, name: 'Olga' },
      sharedAt: '2026-11-21T08:01:00.000Z',
      revision: 2,
    },
  ]);
});

test.each([
  ['', ['web:3000', 'api:3000', 'api:3001', 'web:80']],
  ['?sort=workspace', ['api:3000', 'api:3001', 'web:80', 'web:3000']],
  ['?sort=-workspace', ['web:3000', 'web:80', 'api:3001', 'api:3000']],
  ['?sort=shared', ['api:3000', 'web:80', 'api:3001', 'web:3000']],
  ['?sort=-shared', ['web:3000', 'api:3001', 'web:80', 'api:3000']],
])('in the order of “%s”, also page by page', async (query, expected) => {
  expect(await shown(query)).toEqual(expected);
  const paged: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const rest: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { items, nextCursor, total } = await list(`${query === '' ? '?' : `${query}&`}limit=1${rest}`);
    expect(total).toBe(4);
    expect(items).toHaveLength(1);
    paged.push(...items.map(({ workspace, port }) => `${workspace.name}:${port}`));
    cursor = nextCursor;
  }
  expect(paged).toEqual(expected);
});

test.each([
  ['?visibility=public', ['web:3000', 'api:3000']],
  ['?visibility=organization', ['api:3001', 'web:80']],
  ['?search=api', ['api:3000', 'api:3001']],
  ['?search=DOCS', ['web:80']],
  ['?search=3001', ['api:3001']],
  ['?search=ada', ['web:3000', 'web:80']],
  ['?search=%25', []],
  ['?search=admin', []],
])('“%s” picks %j', async (query, expected) => {
  expect(await shown(query)).toEqual(expected);
});

test('a name that the file gives is found, and lost with it', async () => {
  const agent = await world.join();
  await agent.declaredPorts([{ port: 3001, label: 'Storybook' }]);
  expect(await shown('?search=story')).toEqual(['api:3001']);
  await agent.declaredPorts([]);
  expect(await shown('?search=story')).toEqual([]);
});

describe('how each stands', () => {
  test('follows the replicas of its workspace', async () => {
    const statuses = async () =>
      Object.fromEntries(
        (await list()).items.map(({ workspace, port, status }) => [`${workspace.name}:${port}`, status]),
      );
    const agent = await world.join();
    await agent.ports(3000);
    expect(await statuses()).toEqual({
      'api:3000': 'listening',
      'api:3001': 'not-listening',
      'web:80': 'no-replica',
      'web:3000': 'no-replica',
    });
    await agent.hangUp();
    expect(await statuses()).toMatchObject({ 'api:3000': 'replica-offline', 'api:3001': 'replica-offline' });
  });
});

describe('not in it is', () => {
  test('what its owner has stopped', async () => {
    await world.olga.client.delete(`${world.team.path}/workspaces/api/ports/3000`);
    expect(await shown()).toEqual(['web:3000', 'api:3001', 'web:80']);
  });

  test('what the policy forbids', async () => {
    await world.db.updateTable('team').set({ allow_public_ports: 0 }).execute();
    expect(await shown()).toEqual(['api:3001', 'web:80']);
    expect(await shown('?visibility=public')).toEqual([]);
  });

  test('what a deleted workspace shared', async () => {
    await world.ada.client.delete(`${world.team.path}/workspaces/web`);
    expect(await shown()).toEqual(['api:3000', 'api:3001']);
  });
});

test('a cursor of another order is refused', async () => {
  const { nextCursor } = await list('?limit=1');
  const query = `?sort=shared&cursor=${encodeURIComponent(nextCursor ?? '')}`;
  await body(await world.bob.client.get(`${world.team.path}/ports${query}`), 400);
});
