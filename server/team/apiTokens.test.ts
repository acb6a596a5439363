import { expect, test } from 'vitest';
import { body } from '../fixtures.ts';
import { createTestApp } from '../testing.ts';

async function world() {
  const host = await createTestApp();
  const team = await host.addTeam('Acme');
  const other = await host.addTeam('Other');
  const ada = await host.member('Ada', team.id, 'admin');
  const bob = await host.member('Bob', team.id);
  await host.db
    .insertInto('member')
    .values({ team_id: other.id, user_id: bob.id, role: 'admin', joined_at: '2026-01-01T00:00:00.000Z' })
    .execute();
  for (const [client, path, name] of [
    [ada.client, team.path, 'nightly'],
    [bob.client, team.path, 'deploys'],
    [bob.client, other.path, 'elsewhere'],
  ] as const) {
    host.clock.advance(1000);
    await body(await client.post(`${path}/api-tokens`, { name }), 201);
  }
  return { ...host, team, other, ada, bob };
}

const names = async (answer: Response): Promise<unknown> => {
  const { items } = await answer.json();
  return Array.isArray(items) ? items.map(({ name }: { name: string }) => name) : items;
};

test('an admin narrows the team’s tokens down to those of one member', async () => {
  const { ada, bob, team } = await world();
  expect(await names(await ada.client.get(`${team.path}/api-tokens`))).toEqual(['deploys', 'nightly']);
  expect(await names(await ada.client.get(`${team.path}/api-tokens?member=${bob.id}`))).toEqual(['deploys']);
});

test('a member asks for their own alone, and can’t ask for somebody else’s', async () => {
  const { ada, bob, team } = await world();
  expect(await names(await bob.client.get(`${team.path}/api-tokens`))).toEqual(['deploys']);
  expect(await names(await bob.client.get(`${team.path}/api-tokens?member=${bob.id}`))).toEqual(['deploys']);
  expect((await bob.client.get(`${team.path}/api-tokens?member=${ada.id}`)).status).toBe(404);
});

test('one’s own of all teams are in one list, with the team of each', async () => {
  const { bob, team, other } = await world();
  expect(await body(await bob.client.get('/api/v1/api-tokens'), 200)).toMatchObject({
    items: [
      { name: 'elsewhere', madeBy: 'hand', team: { id: other.id, name: 'Other' } },
      { name: 'deploys', madeBy: 'hand', team: { id: team.id, name: 'Acme' } },
    ],
    total: 2,
    nextCursor: null,
  });
});

test('an API token isn’t told of those of other teams', async () => {
  const { bob, team, withApiToken } = await world();
  const { token } = await (await bob.client.post(`${team.path}/api-tokens`, { name: 'CI' })).json();
  expect((await withApiToken(token).get('/api/v1/api-tokens')).status).toBe(403);
});

test('how many live tokens a member has is told to admins, and to themselves', async () => {
  const { ada, bob, team } = await world();
  const counts = async (client: typeof ada.client) => {
    const { items } = await (await client.get(`${team.path}/members`)).json();
    return items.map((one: { name: string; apiTokens: number | null }) => [one.name, one.apiTokens]);
  };
  expect(await counts(ada.client)).toEqual([
    ['Ada', 1],
    ['Bob', 1],
  ]);
  expect(await counts(bob.client)).toEqual([
    ['Ada', null],
    ['Bob', 1],
  ]);
  const { items } = await (await ada.client.get(`${team.path}/api-tokens?member=${bob.id}`)).json();
  await body(await ada.client.delete(`${team.path}/api-tokens/${items[0].id}`), 204);
  expect(await counts(ada.client)).toEqual([
    ['Ada', 1],
    ['Bob', 0],
  ]);
});
