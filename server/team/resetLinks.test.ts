import { beforeEach, expect, test } from 'vitest';
import { body } from '../fixtures.ts';
import { createTestApp, type TestApp } from '../testing.ts';

const newPassword = 'seven violins under the harbour';

let host: TestApp;
let team: { id: string; path: string };
let other: { id: string; path: string };
/** Ada administers both teams, Bob is a member of the first. */
let ada: Awaited<ReturnType<TestApp['member']>>;
let bob: Awaited<ReturnType<TestApp['member']>>;
let otherAdmin: Awaited<ReturnType<TestApp['member']>>;
/** The token of a link that Ada made for Bob. */
let token: string;

const add = (teamId: string, userId: string, role: 'admin' | 'member') =>
  host.db
    .insertInto('member')
    .values({ team_id: teamId, user_id: userId, role, joined_at: new Date(0).toISOString() })
    .execute();

const tokenOf = (answer: unknown) =>
  typeof answer === 'object' && answer !== null && 'url' in answer
    ? new URL(String(answer.url)).hash.slice(1)
    : '';

const accept = async () =>
  (await host.anonymous.post('/api/v1/password-resets/accept', { token, newPassword })).status;

beforeEach(async () => {
  host = await createTestApp();
  team = await host.addTeam('Acme');
  other = await host.addTeam('Other');
  ada = await host.member('Ada', team.id, 'admin');
  bob = await host.member('Bob', team.id);
  otherAdmin = await host.member('Olga', other.id, 'admin');
  token = tokenOf(await body(await ada.client.post(`${team.path}/members/${bob.id}/reset-link`), 201));
});

test('a reset link sets the password', async () => {
  expect(await accept()).toBe(200);
});

test('a reset link ends when the person changes the password by themselves', async () => {
  const change = { currentPassword: bob.password, newPassword };
  await body(await bob.client.put('/api/v1/me/password', change), 204);
  expect(await accept()).toBe(404);
});

test('a reset link ends when the person leaves the team: its admin has no say over the account any more', async () => {
  await add(other.id, bob.id, 'member');
  await body(await ada.client.delete(`${team.path}/members/${bob.id}`), 204);
  expect(await accept()).toBe(404);
});

test('a reset link ends when the person joins a team that whoever made it doesn’t administer', async () => {
  const invited = await body(
    await otherAdmin.client.post(`${other.path}/invitations`, { role: 'admin' }),
    201,
  );
  await body(await bob.client.post('/api/v1/invitations/accept', { token: tokenOf(invited) }), 200);
  expect(await accept()).toBe(404);
});

test('a reset link ends when whoever made it stops administering another of the person’s teams', async () => {
  await add(other.id, ada.id, 'admin');
  await add(other.id, bob.id, 'member');
  const client = await host.signIn(ada.id);
  token = tokenOf(await body(await client.post(`${team.path}/members/${bob.id}/reset-link`), 201));
  const demotion = { role: 'member' };
  await body(await otherAdmin.client.patch(`${other.path}/members/${ada.id}`, demotion), 200);
  expect(await accept()).toBe(404);
});
