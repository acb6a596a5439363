import { beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../testing.ts';
import { viewerOfPipeline } from './pipelineViewer.ts';
import { createTrustWorld, problemOf } from './testing/trustWorld.ts';

const HOUR = 3_600_000;

/** A pipeline with its token, and the rule that it came by. Ben is a second admin. */
async function admitted(settings: object = {}) {
  const world = await createTrustWorld();
  const ben = await world.member('Ben', world.team.id, 'admin');
  const rule = await world.team.trust('github', settings);
  const { client, token } = await world.pipeline('github');
  const previews = `${world.team.path}/previews`;
  return {
    ...world,
    ada: world.team.admin,
    ben,
    client,
    token,
    rulePath: `${world.team.path}/trusted-repositories/${rule.id}`,
    ruleId: rule.id,
    previews,
    /** What the pipeline's next request for its previews gets. */
    status: async () => (await client.get(previews)).status,
    why: async () => await problemOf(await client.get(previews)),
  };
}

describe('a pipeline’s token reaches', () => {
  let world: Awaited<ReturnType<typeof admitted>>;
  beforeAll(async () => {
    world = await admitted();
  });

  test('the previews of its team', async () => {
    expect(await world.status()).toBe(200);
  });

  test.each([
    ['the team', (team: string) => team],
    ['its members', (team: string) => `${team}/members`],
    ['its VPNs', (team: string) => `${team}/vpns`],
    ['its workspaces', (team: string) => `${team}/workspaces`],
    ['its ports', (team: string) => `${team}/ports`],
    ['its secrets', (team: string) => `${team}/secrets`],
    ['its API tokens', (team: string) => `${team}/api-tokens`],
    ['its rules', (team: string) => `${team}/trusted-repositories`],
    ['its runs', (team: string) => `${team}/pipeline-runs`],
    ['its events', (team: string) => `${team}/events`],
    ['what only begins like previews', (team: string) => `${team}/previews-of-others`],
    ['the previews by way of something else', (team: string) => `${team}/members/previews`],
    ['the session', () => '/api/v1/session'],
    ['the account', () => '/api/v1/me'],
    ['the API’s description', () => '/api/v1/openapi.json'],
    ['a sign-in at a port', () => '/port-auth'],
  ])('not %s', async (_, pathOf) => {
    expect(await problemOf(await world.client.get(pathOf(world.team.path)))).toMatchObject({
      status: 403,
      code: 'pipeline_scope',
    });
  });

  test('no other team, whoever made its rule is in', async () => {
    const { client, addTeam, db, clock, ada } = world;
    const other = await addTeam('Other');
    const joined_at = new Date(clock.now()).toISOString();
    await db
      .insertInto('member')
      .values({ team_id: other.id, user_id: ada.id, role: 'admin', joined_at })
      .execute();
    expect((await client.get(`${other.path}/previews`)).status).toBe(404);
  });

  test('nothing to write to but previews', async () => {
    const { client, team } = world;
    for (const [method, path] of [
      ['POST', '/workspaces'],
      ['POST', '/vpns'],
      ['POST', '/api-tokens'],
      ['DELETE', ''],
      ['PATCH', ''],
    ] as const) {
      expect((await client.send(method, `${team.path}${path}`, {})).status).toBe(403);
    }
  });
});

test('each request with a cookie beside it counts as the pipeline’s', async () => {
  const { token, ada, withApiToken, team } = await admitted();
  const headers = { ...ada.client.headers, ...withApiToken(token).headers };
  expect((await ada.client.get(`${team.path}/members`, { headers })).status).toBe(403);
});

describe('a pipeline’s token is dead', () => {
  test('after an hour', async () => {
    const { status, clock } = await admitted();
    clock.advance(HOUR - 1000);
    expect(await status()).toBe(200);
    clock.advance(1000);
    expect(await status()).toBe(401);
  });

  test('when its rule is deleted', async () => {
    const { status, ada, rulePath } = await admitted();
    expect((await ada.client.delete(rulePath, { ifMatch: '"1"' })).status).toBe(204);
    expect(await status()).toBe(401);
  });

  test('when its issuer is removed', async () => {
    const { status, ada, team, db } = await admitted();
    const { id } = await db
      .selectFrom('issuer')
      .select('id')
      .where('provider', '=', 'github')
      .executeTakeFirstOrThrow();
    expect((await ada.client.delete(`${team.path}/issuers/${id}`)).status).toBe(204);
    expect(await status()).toBe(401);
  });

  test.each([
    ['another branch', { refs: ['dev'] }, 'is for “dev”, not for “main”'],
    ['another event', { events: ['schedule'] }, 'is for “schedule”, not for “push”'],
    ['another environment', { environments: ['preview'] }, 'is for the environment “preview”'],
    ['another repository', { repository: { name: 'octo/other', id: '4712' } }, 'isn’t trusted by this team'],
    ['a name that isn’t confirmed', { repository: { name: 'octo/app' } }, 'is not in force any more'],
  ])('when its rule is changed to be for %s, and it says so', async (_, change, words) => {
    const { why, ada, rulePath } = await admitted();
    expect((await ada.client.patch(rulePath, change, { ifMatch: '"1"' })).status).toBe(200);
    expect(await why()).toMatchObject({
      status: 401,
      code: 'token_invalid',
      title: expect.stringContaining(words),
    });
  });

  test.each([
    [
      'left the team',
      (ada: TestClient, _ben: TestClient, path: string) => ada.delete(path),
      'Ada, who made it, has left the team.',
    ],
    [
      'was removed from it',
      (_ada: TestClient, ben: TestClient, path: string) => ben.delete(path),
      'Ada, who made it, has left the team.',
    ],
    [
      'is no admin any more',
      (_ada: TestClient, ben: TestClient, path: string) => ben.patch(path, { role: 'member' }),
      'Ada, who made it, is no admin of the team any more.',
    ],
  ])('when whoever made its rule %s, and it says so', async (_, act, words) => {
    const { why, ada, ben, team, readRule, exchange } = await withReading();
    expect((await act(ada.client, ben.client, `${team.path}/members/${ada.id}`)).ok).toBe(true);
    expect(await why()).toMatchObject({
      status: 401,
      title: `The pipeline’s token is no longer good. The rule that trusts it has stopped: ${words}`,
    });
    expect(await problemOf(await exchange('github'))).toMatchObject({
      status: 403,
      code: 'rule_stopped',
      title: `The rule that trusts it has stopped: ${words}`,
    });
    expect(await readRule()).toMatchObject({ state: 'stopped', stopped: words, createdBy: 'Ada' });
  });
});

/** With Ben looking at the rule, whatever became of Ada. */
async function withReading() {
  const world = await admitted();
  const readRule = async () => {
    const { items }: { items: unknown[] } = await (
      await world.ben.client.get(`${world.team.path}/trusted-repositories`)
    ).json();
    return items[0];
  };
  return { ...world, readRule };
}

test('a rule that stopped goes on when another admin takes it over, and stands for them from then on', async () => {
  const { status, ada, ben, team, rulePath, readRule, pipeline, previews } = await withReading();
  await ada.client.delete(`${team.path}/members/${ada.id}`);
  expect(await status()).toBe(401);
  expect((await ben.client.patch(rulePath, {}, { ifMatch: '"1"' })).status).toBe(200);
  expect(await readRule()).toMatchObject({ state: 'active', stopped: null, createdBy: 'Ben' });
  const again = await pipeline('github');
  expect((await again.client.get(previews)).status).toBe(200);
});

test('which VPNs a token may use follows its rule at once', async () => {
  const { deps, ada, rulePath, token } = await admitted();
  expect(await viewerOfPipeline(deps, token)).toMatchObject({ via: { scope: { vpns: null } } });
  await ada.client.patch(rulePath, { vpns: [] }, { ifMatch: '"1"' });
  expect(await viewerOfPipeline(deps, token)).toMatchObject({
    userId: ada.id,
    via: { kind: 'pipeline', scope: { vpns: [], sequence: 7001, ref: 'main', event: 'push' } },
  });
});

test('a rule goes on by itself when whoever made it is an admin again', async () => {
  const { status, ada, ben, team } = await admitted();
  const path = `${team.path}/members/${ada.id}`;
  await ben.client.patch(path, { role: 'member' });
  expect(await status()).toBe(401);
  await ben.client.patch(path, { role: 'admin' });
  expect(await status()).toBe(200);
});

test('a token that was made up is nobody’s', async () => {
  const { withApiToken, previews } = await admitted();
  const made = withApiToken(`culv_pipeline_${'A'.repeat(43)}`);
  expect(await problemOf(await made.get(previews))).toMatchObject({ status: 401, code: 'token_invalid' });
});
