import { beforeEach, describe, expect, test } from 'vitest';
import { AGENT_SECRETS_PATH, agentSecretsHeaders } from '../../contract/secretDelivery.ts';
import { DeliveredSecrets, WorkspaceSecrets, type SecretCreate } from '../../contract/secretsApi.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, createJoinToken, createWorkspace } from '../fixtures.ts';
import { newId } from '../ids.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let team: { id: string; path: string };
let ada: { id: string; client: TestClient };
let bob: { id: string; client: TestClient };
let workspace: { id: string };
let token: string;

beforeEach(async () => {
  host = await createTestApp();
  team = await host.addTeam();
  ada = await host.member('Ada', team.id, 'admin');
  bob = await host.member('Bob', team.id);
  workspace = await createWorkspace(bob.client, team.path, 'api');
  token = (await createJoinToken(bob.client, team.path, workspace.id)).token;
});

const add = async (client: TestClient, secret: Partial<SecretCreate> & { name: string }) => {
  const wanted = { level: 'member', value: `value of ${secret.name}`, ...secret };
  return await body(await client.post(`${team.path}/secrets`, wanted), 201);
};
const addTeams = (secret: Partial<SecretCreate> & { name: string }) =>
  add(ada.client, { level: 'team', ...secret });

const send = async (
  method: 'GET' | 'PUT',
  joinToken: string,
  name: string,
  change: Record<string, string> = {},
) =>
  await host.app.request(`http://localhost:8080${AGENT_SECRETS_PATH}`, {
    method,
    headers: {
      authorization: `Bearer ${joinToken}`,
      [agentSecretsHeaders.key]: `key-of-${name}`.padEnd(20, '-'),
      [agentSecretsHeaders.secret]: `secret-of-${name}`.padEnd(40, '-'),
      ...change,
    },
  });
const ask = (joinToken: string, name = 'one', change: Record<string, string> = {}) =>
  send('GET', joinToken, name, change);
const keep = (version: string, joinToken = token, name = 'one', change: Record<string, string> = {}) =>
  send('PUT', joinToken, name, { [agentSecretsHeaders.version]: version, ...change });
const join = (joinToken: string, name = 'one') => new FakeAgent(host.deps.hub, name).join(joinToken);
/** As an agent does it: takes what there is, and says so. */
const given = async (joinToken = token, name = 'one') => {
  const { version, items } = DeliveredSecrets.parse(await body(await ask(joinToken, name), 200));
  await body(await keep(version, joinToken, name), 204);
  return items;
};
const names = async (joinToken = token, name = 'one') =>
  (await given(joinToken, name)).map((item) => item.name);
const standing = async (client = bob.client) =>
  WorkspaceSecrets.parse(
    await body(await client.get(`${team.path}/workspaces/${workspace.id}/secrets`), 200),
  );

describe('a replica gets', () => {
  test('its owner’s secrets and the team’s, exactly; of one name, the owner’s', async () => {
    const odd = 'two\nlines\r\n\'single\' "double" $HOME `id` \\ ü🔑\u0001 ';
    await addTeams({ name: 'SHARED', value: 'team' });
    await addTeams({ name: 'BOTH', value: 'team' });
    await add(bob.client, { name: 'BOTH', value: odd, delivery: 'file' });
    await add(ada.client, { name: 'ADAS' });
    await join(token);
    expect(await given()).toEqual([
      { name: 'BOTH', value: odd, delivery: 'file' },
      { name: 'SHARED', value: 'team', delivery: 'environment' },
    ]);
  });

  test('those of selected workspaces when it is in one', async () => {
    await createWorkspace(bob.client, team.path, 'other');
    await add(bob.client, { name: 'HERE', workspaces: ['api'] });
    await add(bob.client, { name: 'THERE', workspaces: ['other'] });
    await addTeams({ name: 'TEAM_THERE', workspaces: ['other'] });
    await add(bob.client, { name: 'NOWHERE', workspaces: [] });
    await join(token);
    expect(await names()).toEqual(['HERE']);
  });

  test('in a pipeline’s workspace only what the team lets pipelines have', async () => {
    await addTeams({ name: 'FOR_ALL' });
    await addTeams({ name: 'SELECTED', workspaces: ['api'] });
    await addTeams({ name: 'FOR_PIPELINES', previews: true, workspaces: [] });
    await add(bob.client, { name: 'BOBS' });
    const now = '2026-11-21T08:00:00.000Z';
    await host.db
      .insertInto('preview')
      .values({
        id: newId('prev'),
        team_id: team.id,
        source: 'api-token',
        repository_id: 'app',
        repository_name: 'app',
        change: '12',
        workspace_id: workspace.id,
        vpn_id: null,
        ttl_seconds: 600,
        created_at: now,
        created_by: bob.id,
        renewed_at: now,
        expires_at: now,
        removed_at: null,
        removed_reason: null,
        removed_sequence: null,
      })
      .execute();
    await join(token);
    expect(await names()).toEqual(['FOR_PIPELINES']);
    expect((await standing()).items).toMatchObject([{ name: 'FOR_PIPELINES' }]);
  });

  test('nothing of another team', async () => {
    const other = await host.addTeam('Other');
    const eve = await host.member('Eve', other.id, 'admin');
    await body(await eve.client.post(`${other.path}/secrets`, { level: 'team', name: 'E', value: 'x' }), 201);
    await join(token);
    expect(await names()).toEqual([]);
  });
});

describe('an owner’s own secrets', () => {
  beforeEach(async () => {
    await add(bob.client, { name: 'BOBS' });
    await add(ada.client, { name: 'ADAS' });
    await addTeams({ name: 'TEAMS' });
  });

  test('don’t reach a machine that an admin joined to the workspace', async () => {
    const admins = await createJoinToken(ada.client, team.path, workspace.id);
    await join(admins.token, 'two');
    expect(await names(admins.token, 'two')).toEqual(['TEAMS']);
    expect((await standing()).replicas).toMatchObject([{ ownSecrets: false, state: 'current' }]);
  });

  test('don’t reach a machine of the last owner’s after the workspace was handed over', async () => {
    await join(token);
    expect(await names()).toEqual(['BOBS', 'TEAMS']);
    const handOver = { ownerId: ada.id };
    const url = `${team.path}/workspaces/${workspace.id}`;
    await body(await bob.client.patch(url, handOver, { ifMatch: '*' }), 200);
    expect((await standing(ada.client)).replicas).toMatchObject([{ state: 'older', ownSecrets: false }]);
    expect(await names()).toEqual(['TEAMS']);
  });

  test('follow the workspace to the next owner, once that one has given the replica a token', async () => {
    const agent = await join(token);
    const url = `${team.path}/workspaces/${workspace.id}`;
    await body(await bob.client.patch(url, { ownerId: ada.id }, { ifMatch: '*' }), 200);
    const { id } = (
      await host.db.selectFrom('token').select('id').where('kind', '=', 'join').execute()
    )[0] ?? { id: '' };
    await body(await ada.client.post(`${team.path}/join-tokens/${id}/rotate`), 201);
    const next = agent.last('token');
    await agent.say({ type: 'token-stored', tokenId: next.tokenId });
    expect(await names(next.token)).toEqual(['ADAS', 'TEAMS']);
  });

  test('are named to their owner alone where the workspace’s are listed', async () => {
    expect((await standing()).items.map((item) => item.name)).toEqual(['BOBS', 'TEAMS']);
    expect((await standing(ada.client)).items.map((item) => item.name)).toEqual(['TEAMS']);
    const carl = await host.member('Carl', team.id);
    const answer = await carl.client.get(`${team.path}/workspaces/${workspace.id}/secrets`);
    expect(answer.status).toBe(403);
  });
});

describe('which replicas run with older ones', () => {
  test('shows from the first change that concerns them until they are given the new ones', async () => {
    const secret = await add(bob.client, { name: 'A' });
    expect(secret).toMatchObject({ name: 'A' });
    const { id } = await host.db.selectFrom('secret').select('id').executeTakeFirstOrThrow();
    const url = `${team.path}/secrets/${id}`;
    await join(token);
    const state = async () => (await standing()).replicas[0]?.state;
    expect(await state()).toBe('none');
    await body(await ask(token), 200);
    expect(await state()).toBe('none');
    await given();
    expect(await standing()).toMatchObject({
      replicas: [{ state: 'current', online: true, receivedAt: '2026-11-21T08:00:00.000Z' }],
    });
    await addTeams({ name: 'ELSEWHERE', workspaces: [] });
    expect(await state()).toBe('current');
    await body(await bob.client.patch(url, { value: 'value of A' }, { ifMatch: '*' }), 200);
    expect(await state()).toBe('older');
    await given();
    expect(await state()).toBe('current');
    await body(await bob.client.patch(url, { delivery: 'file' }, { ifMatch: '*' }), 200);
    expect(await state()).toBe('older');
    await given();
    await body(await bob.client.delete(url), 204);
    expect(await state()).toBe('older');
    await body(await ask(token), 200);
    expect((await standing()).replicas).toMatchObject([{ state: 'none', receivedAt: null }]);
  });
});

describe('refused, without a word of any secret', () => {
  beforeEach(async () => {
    await add(bob.client, { name: 'BOBS' });
    await join(token);
  });

  test.each([
    ['an unknown token', () => ask('culv_join_none'), 'token_unknown'],
    ['no token', () => ask(''), 'token_unknown'],
    ['a replica that never joined', () => ask(token, 'two'), 'replica_unknown'],
    [
      'a key without its secret',
      () => ask(token, 'one', { [agentSecretsHeaders.secret]: 'x' }),
      'replica_unknown',
    ],
    [
      'a key without its secret that says what it has',
      () => keep('0'.repeat(32), token, 'one', { [agentSecretsHeaders.secret]: 'x' }),
      'replica_unknown',
    ],
  ])('is %s', async (_who, request, code) => {
    const response = await request();
    expect(response.status).toBe(401);
    expect((await standing()).replicas).toMatchObject([{ state: 'none' }]);
    expect(await response.json()).toMatchObject({ code });
  });

  test('is a replica that was removed, and one of a deleted workspace', async () => {
    const [replica] = await host.db.selectFrom('replica').select('id').execute();
    await body(await bob.client.delete(`${team.path}/replicas/${replica?.id ?? ''}`), 204);
    expect(await (await ask(token)).json()).toMatchObject({ code: 'replica_unknown' });
    await body(await bob.client.delete(`${team.path}/workspaces/${workspace.id}`), 204);
    expect(await (await ask(token)).json()).toMatchObject({ code: 'token_revoked' });
  });

  test('is a token of another workspace', async () => {
    const other = await createWorkspace(bob.client, team.path, 'other');
    const theirs = await createJoinToken(bob.client, team.path, other.id);
    expect(await (await ask(theirs.token)).json()).toMatchObject({ code: 'replica_unknown' });
  });
});

test.each(['', 'v1', 'f'.repeat(33), '"'.repeat(32)])(
  'a version that is none, “%s”, is refused',
  async (version) => {
    await join(token);
    expect(await (await keep(version)).json()).toMatchObject({ status: 400, code: 'version_missing' });
    expect((await standing()).replicas).toMatchObject([{ state: 'none', receivedAt: null }]);
  },
);

test('what is delivered may be kept by no cache, and is in no log line', async () => {
  await add(bob.client, { name: 'A', value: 'correct-horse' });
  await join(token);
  const response = await ask(token);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toContain('correct-horse');
  expect(JSON.stringify(host.logLines)).not.toContain('correct-horse');
});
