import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { SECRET_MAX_BYTES, SECRETS_PER_LEVEL } from '../../contract/secrets.ts';
import { Secret, type SecretCreate } from '../../contract/secretsApi.ts';
import type { Topic } from '../../contract/events.ts';
import { body, createWorkspace } from '../fixtures.ts';
import { issueToken } from '../session/tokens.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let teamId: string;
let path: string;
let ada: { id: string; client: TestClient };
let bob: { id: string; client: TestClient };

beforeEach(async () => {
  host = await createTestApp();
  const team = await host.addTeam();
  teamId = team.id;
  path = `${team.path}/secrets`;
  ada = await host.member('Ada', teamId, 'admin');
  bob = await host.member('Bob', teamId);
});

const value = 'postgres://app:correct-horse@db/app';
const make = async (client: TestClient, change: Partial<SecretCreate> = {}) =>
  Secret.parse(
    await body(await client.post(path, { level: 'member', name: 'DATABASE_URL', value, ...change }), 201),
  );
const list = async (client: TestClient, level: Secret['level']) =>
  page(Secret).parse(await body(await client.get(`${path}?level=${level}`), 200)).items;
const problem = async (response: Response) => ({ status: response.status, ...(await response.json()) });

test('a secret is kept by its name in capitals, and its value in nothing that is answered', async () => {
  const answer = await bob.client.post(path, { level: 'member', name: ' database_url ', value });
  const text = await answer.text();
  expect(text).not.toContain(value);
  expect(JSON.parse(text)).toMatchObject({
    level: 'member',
    name: 'DATABASE_URL',
    delivery: 'environment',
    workspaces: null,
    previews: false,
    updatedBy: { name: 'Bob' },
    revision: 1,
  });
  expect(await (await bob.client.get(`${path}?level=member`)).text()).not.toContain(value);
});

test('a value lies in the database sealed, for its own row alone', async () => {
  const one = await make(bob.client);
  const two = await make(bob.client, { name: 'OTHER' });
  const rows = await host.db.selectFrom('secret').selectAll().orderBy('name').execute();
  expect(JSON.stringify(rows)).not.toContain('correct-horse');
  const sealed = rows[0]?.value_sealed ?? '';
  await expect(host.deps.secretBox.open(sealed, `secret:${one.id}:value`)).resolves.toBe(value);
  await expect(host.deps.secretBox.open(sealed, `secret:${two.id}:value`)).rejects.toThrow();
});

describe('a member’s own', () => {
  test('are seen by nobody else, admins included', async () => {
    const secret = await make(bob.client);
    expect(await list(ada.client, 'member')).toEqual([]);
    expect(await list(bob.client, 'member')).toMatchObject([{ id: secret.id }]);
    for (const response of [
      await ada.client.patch(`${path}/${secret.id}`, { value: 'x' }, { ifMatch: '*' }),
      await ada.client.delete(`${path}/${secret.id}`),
    ]) {
      expect(await problem(response)).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  test('leave no trace in the team’s activity, and events name none', async () => {
    const heard: Topic[] = [];
    host.deps.bus.subscribe(teamId, (topics) => heard.push(...topics));
    await make(bob.client);
    host.clock.advance(1_000);
    expect(heard).toEqual(['secrets']);
    expect(await host.db.selectFrom('activity').selectAll().execute()).toEqual([]);
  });

  test('go when they leave the team', async () => {
    await make(bob.client);
    await make(ada.client);
    await body(await ada.client.delete(`/api/v1/teams/${teamId}/members/${bob.id}`), 204);
    expect(await host.db.selectFrom('secret').select('user_id').execute()).toEqual([{ user_id: ada.id }]);
  });

  test('can’t be for pipelines, or for somebody else’s workspace', async () => {
    const theirs = await createWorkspace(ada.client, `/api/v1/teams/${teamId}`, 'api');
    const wrong = { level: 'member', name: 'A', value: 'x' };
    expect(await problem(await bob.client.post(path, { ...wrong, previews: true }))).toMatchObject({
      status: 422,
      errors: [{ path: 'previews', code: 'secret_not_in_previews' }],
    });
    expect(
      await problem(await bob.client.post(path, { ...wrong, workspaces: [theirs.id, 'none'] })),
    ).toMatchObject({
      status: 422,
      errors: [
        { path: 'workspaces.0', code: 'workspace_not_yours' },
        { path: 'workspaces.1', code: 'workspace_unknown' },
      ],
    });
  });

  test('keep a workspace that was handed over meanwhile, and can be changed all the same', async () => {
    const teamPath = `/api/v1/teams/${teamId}`;
    const workspace = await createWorkspace(bob.client, teamPath, 'api');
    const secret = await make(bob.client, { workspaces: ['API'] });
    expect(secret.workspaces).toEqual([{ id: workspace.id, name: 'api' }]);
    await body(
      await bob.client.patch(`${teamPath}/workspaces/${workspace.id}`, { ownerId: ada.id }, { ifMatch: '*' }),
      200,
    );
    const change = { delivery: 'file', workspaces: [workspace.id] };
    const changed = await body(
      await bob.client.patch(`${path}/${secret.id}`, change, { ifMatch: '"1"' }),
      200,
    );
    expect(changed).toMatchObject({ delivery: 'file', revision: 2 });
  });
});

describe('the team’s', () => {
  test('are an admin’s: to list, to add, to change and to delete', async () => {
    const secret = await make(ada.client, { level: 'team' });
    const team = { level: 'team', name: 'X', value: 'x' };
    expect(await problem(await bob.client.get(`${path}?level=team`))).toMatchObject({ status: 403 });
    expect(await problem(await bob.client.post(path, team))).toMatchObject({ status: 403 });
    const change = await bob.client.patch(`${path}/${secret.id}`, { value: 'x' }, { ifMatch: '*' });
    expect(change.status).toBe(404);
    expect((await bob.client.delete(`${path}/${secret.id}`)).status).toBe(404);
    expect(await list(ada.client, 'team')).toMatchObject([{ name: 'DATABASE_URL', level: 'team' }]);
    expect(await list(ada.client, 'member')).toEqual([]);
  });

  test('are told of in the activity by name, what was done to them in words', async () => {
    const secret = await make(ada.client, { level: 'team' });
    await body(await ada.client.patch(`${path}/${secret.id}`, { previews: true }, { ifMatch: '"1"' }), 200);
    await body(await ada.client.patch(`${path}/${secret.id}`, { value: 'new' }, { ifMatch: '"2"' }), 200);
    await body(await ada.client.delete(`${path}/${secret.id}`), 204);
    const rows = await host.db.selectFrom('activity').select(['action', 'summary']).execute();
    expect(rows).toEqual([
      { action: 'secret.created', summary: 'Added the team’s secret DATABASE_URL.' },
      { action: 'secret.changed', summary: 'Changed the team’s secret DATABASE_URL.' },
      { action: 'secret.replaced', summary: 'Replaced the value of the team’s secret DATABASE_URL.' },
      { action: 'secret.deleted', summary: 'Deleted the team’s secret DATABASE_URL.' },
    ]);
  });
});

describe('a change', () => {
  test('replaces what it names and leaves the rest', async () => {
    const secret = await make(ada.client, { level: 'team', previews: true });
    const changed = Secret.parse(
      await body(
        await ada.client.patch(`${path}/${secret.id}`, { delivery: 'file' }, { ifMatch: '"1"' }),
        200,
      ),
    );
    expect(changed).toMatchObject({ delivery: 'file', previews: true, workspaces: null, revision: 2 });
    const row = await host.db.selectFrom('secret').select('value_sealed').executeTakeFirstOrThrow();
    await expect(host.deps.secretBox.open(row.value_sealed, `secret:${secret.id}:value`)).resolves.toBe(
      value,
    );
  });

  test('that lost a race is told what there is now', async () => {
    const secret = await make(bob.client);
    const url = `${path}/${secret.id}`;
    await body(await bob.client.patch(url, { value: 'new' }, { ifMatch: '"1"' }), 200);
    expect(await problem(await bob.client.patch(url, { value: 'x' }, { ifMatch: '"1"' }))).toMatchObject({
      status: 412,
      current: { revision: 2 },
    });
    expect(await problem(await bob.client.patch(url, { value: 'x' }))).toMatchObject({ status: 428 });
  });
});

describe('refused', () => {
  test.each([
    [{ name: 'api-key' }, 'name', 'secret_name_characters'],
    [{ name: 'LD_PRELOAD' }, 'name', 'secret_name_taken'],
    [{ value: '' }, 'value', 'secret_value_missing'],
    [{ value: 'a\0b' }, 'value', 'secret_value_nul'],
    [{ value: '\ud800' }, 'value', 'secret_value_broken'],
    [{ value: 'ü'.repeat(SECRET_MAX_BYTES / 2 + 1) }, 'value', 'secret_value_long'],
  ])('%j, at the field', async (change, at, code) => {
    const wanted = { level: 'member', name: 'A', value: 'x', ...change };
    const answer = await problem(await bob.client.post(path, wanted));
    expect(answer).toMatchObject({ status: 422, errors: [{ path: at, code }] });
  });

  test('is a name that the level has, whatever its case; the other level may have it', async () => {
    await make(bob.client);
    await make(ada.client);
    await make(ada.client, { level: 'team' });
    const again = { level: 'member', name: 'database_url', value: 'x' };
    expect(await problem(await bob.client.post(path, again))).toMatchObject({
      status: 422,
      errors: [{ path: 'name', code: 'name_taken' }],
    });
  });

  test('is one more than a level can have', async () => {
    for (let n = 0; n < SECRETS_PER_LEVEL; n += 1) await make(bob.client, { name: `S_${n}` });
    expect(
      await problem(await bob.client.post(path, { level: 'member', name: 'X', value: 'x' })),
    ).toMatchObject({ status: 409, code: 'too_many_secrets' });
    await make(ada.client);
  });
});

test('an API token manages what its owner may', async () => {
  const token = await issueToken(host.db, host.clock, {
    kind: 'api',
    userId: bob.id,
    teamId,
    name: 'CI',
    lifetimeMs: 60_000,
  });
  const client = host.withApiToken(token.text);
  await make(client);
  expect(await list(bob.client, 'member')).toHaveLength(1);
  expect((await client.get(`${path}?level=team`)).status).toBe(403);
});

test('a value is in no log line, whatever becomes of the request', async () => {
  await make(bob.client);
  await bob.client.post(path, { level: 'member', name: 'DATABASE_URL', value });
  await bob.client.post(path, { level: 'member', name: 'bad-name', value, workspaces: ['none'] });
  expect(JSON.stringify(host.logLines)).not.toContain('correct-horse');
});
