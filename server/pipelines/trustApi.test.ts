import { beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../testing.ts';
import { createTrustWorld, problemOf, type TrustWorld, usualRule } from './testing/trustWorld.ts';
import { addVpn } from './testing/vpn.ts';

const activityOf = async ({ db }: Pick<TrustWorld, 'db'>) =>
  (await db.selectFrom('activity').select(['action', 'summary']).execute()).filter(({ action }) =>
    action.startsWith('trust.'),
  );

describe('a rule', () => {
  test('is listed as it was made, with the VPNs by name', async () => {
    const world = await createTrustWorld();
    const vpn = await addVpn(world, world.team.id, 'Company data center');
    const rule = await world.team.trust('gitlab', {
      vpns: [vpn, vpn],
      events: ['push', 'push'],
      refs: ['refs/heads/main', 'main'],
      protectedOnly: true,
    });
    expect(rule).toEqual({
      id: expect.stringMatching(/^rule_/),
      issuer: { id: expect.any(String), provider: 'gitlab', url: 'https://gitlab.example.com' },
      owner: { id: '5', name: 'group' },
      repository: { id: '20', name: 'group/app' },
      state: 'active',
      seen: null,
      stopped: null,
      events: ['push'],
      refs: ['main'],
      environments: [],
      protectedOnly: true,
      outside: false,
      vpns: [{ id: vpn, name: 'Company data center' }],
      createdAt: expect.any(String),
      createdBy: 'Ada',
      lastUsedAt: null,
      revision: 1,
    });
    expect(await world.team.readRule(rule.id)).toEqual(rule);
    await world.exchange('gitlab');
    expect(await world.team.readRule(rule.id)).toMatchObject({ lastUsedAt: expect.any(String) });
  });

  test('names the VPNs that its token may use, in the answer to the pipeline', async () => {
    const world = await createTrustWorld();
    const vpn = await addVpn(world, world.team.id, 'Company data center');
    await addVpn(world, world.team.id, 'Other');
    await world.team.trust('github', { vpns: [vpn] });
    expect(await (await world.exchange('github')).json()).toMatchObject({
      vpns: [{ id: vpn, name: 'Company data center' }],
    });
  });

  test('with a VPN or an issuer of another team is refused', async () => {
    const world = await createTrustWorld();
    const other = await world.foundTeam('Other', 'Olga');
    const vpn = await addVpn(world, other.id, 'Theirs');
    expect(await problemOf(await world.team.askForRule('github', { vpns: [vpn] }))).toMatchObject({
      errors: [{ path: 'vpns.0', code: 'unknown_vpn' }],
    });
    const theirs = await other.trust('github');
    const settings = { issuer: theirs.issuer.id };
    expect(await problemOf(await world.team.askForRule('github', settings))).toMatchObject({
      errors: [{ path: 'issuer', code: 'unknown_issuer' }],
    });
  });

  test('of Bitbucket gets the braces that a UUID was typed without', async () => {
    const { team } = await createTrustWorld();
    const uuid = '6a1b0000-0000-4000-8000-000000000000';
    expect(
      await team.trust('bitbucket', { owner: { name: 'acme', id: uuid }, repository: null }),
    ).toMatchObject({ owner: { id: `{${uuid}}` }, state: 'active' });
  });

  test('keeps of a change what wasn’t changed, and counts', async () => {
    const { team } = await createTrustWorld();
    const rule = await team.trust('github', { events: ['push'] });
    const path = `${team.path}/trusted-repositories/${rule.id}`;
    const response = await team.admin.client.patch(path, { refs: ['main'] }, { ifMatch: '"1"' });
    expect(response.headers.get('etag')).toBe('"2"');
    expect(await response.json()).toMatchObject({ events: ['push'], refs: ['main'], revision: 2 });
  });

  test('that somebody else changed meanwhile is not changed or deleted, and shown as it is now', async () => {
    const { team } = await createTrustWorld();
    const rule = await team.trust('github');
    const path = `${team.path}/trusted-repositories/${rule.id}`;
    await team.admin.client.patch(path, { refs: ['main'] }, { ifMatch: '"1"' });
    for (const response of [
      await team.admin.client.patch(path, { refs: ['dev'] }, { ifMatch: '"1"' }),
      await team.admin.client.delete(path, { ifMatch: '"1"' }),
    ]) {
      expect(await problemOf(response)).toMatchObject({ status: 412, current: { refs: ['main'] } });
    }
    expect((await team.admin.client.delete(path)).status).toBe(428);
  });

  test('goes with its issuer, and the activity says how many did', async () => {
    const world = await createTrustWorld();
    const rule = await world.team.trust('github');
    await world.team.admin.client.delete(`${world.team.path}/issuers/${rule.issuer.id}`);
    expect(await world.team.readRule(rule.id)).toBeUndefined();
    expect((await activityOf(world)).at(-1)).toEqual({
      action: 'trust.issuer-removed',
      summary: 'Removed the issuer https://token.actions.githubusercontent.com. Rules that went with it: 1.',
    });
  });

  test('stands in the activity, from beginning to end', async () => {
    const world = await createTrustWorld();
    const { id } = await world.team.trust('github', { repository: null });
    const path = `${world.team.path}/trusted-repositories/${id}`;
    await world.team.admin.client.patch(path, { refs: ['main'] }, { ifMatch: '"1"' });
    await world.team.admin.client.delete(path, { ifMatch: '"2"' });
    expect((await activityOf(world)).slice(-3)).toEqual([
      { action: 'trust.rule-created', summary: 'Trusted pipelines of all of octo.' },
      { action: 'trust.rule-changed', summary: 'Changed the rule that trusts pipelines of all of octo.' },
      { action: 'trust.rule-deleted', summary: 'Stopped trusting pipelines of all of octo.' },
    ]);
  });

  test('is one of many on pages', async () => {
    const { team, clock } = await createTrustWorld();
    for (const id of ['1', '2', '3']) {
      await team.trust('github', { repository: { name: `octo/app-${id}`, id } });
      clock.advance(1000);
    }
    const names: string[] = [];
    let cursor = '';
    for (let at = 0; at < 2; at++) {
      const answer = await team.admin.client.get(`${team.path}/trusted-repositories?limit=2${cursor}`);
      const page: { items: { repository: { name: string } }[]; nextCursor: string | null; total: number } =
        await answer.json();
      names.push(...page.items.map(({ repository }) => repository.name));
      expect(page.total).toBe(3);
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(names).toEqual(['octo/app-3', 'octo/app-2', 'octo/app-1']);
  });
});

describe('a rule with', () => {
  let world: TrustWorld;
  beforeAll(async () => {
    world = await createTrustWorld();
  });

  test.each([
    ['no owner', 'github', { owner: { name: ' ' } }, 'owner.name'],
    ['a repository of somebody else', 'github', { repository: { name: 'evil/app' } }, 'repository.name'],
    ['a repository without its owner', 'github', { repository: { name: 'app' } }, 'repository.name'],
    ['a name for an id', 'github', { owner: { name: 'octo', id: 'octo' } }, 'owner.id'],
    [
      'a name for a project’s id',
      'gitlab',
      { repository: { name: 'group/app', id: 'group/app' } },
      'repository.id',
    ],
    ['no UUID of a workspace', 'bitbucket', { owner: { name: 'acme' } }, 'owner.id'],
    ['no UUID of a repository', 'bitbucket', { repository: { name: 'acme/app' } }, 'repository.id'],
    ['a pattern of branches', 'github', { refs: ['main', 'feature/*'] }, 'refs.1'],
    ['protected branches, of which GitHub says nothing', 'github', { protectedOnly: true }, 'protectedOnly'],
    ['events, of which Bitbucket says nothing', 'bitbucket', { events: ['push'] }, 'events'],
    ['an unknown VPN', 'github', { vpns: ['vpn_unknown'] }, 'vpns.0'],
    ['an unknown issuer', 'github', { issuer: 'iss_unknown' }, 'issuer'],
    ['an empty event', 'github', { events: [' '] }, 'events.0'],
  ] as const)('with %s is refused at that field', async (_, provider, settings, path) => {
    const { team, db } = world;
    const problem = await problemOf(await team.askForRule(provider, settings));
    expect(problem).toMatchObject({ status: 422, errors: [{ path }] });
    expect(await db.selectFrom('trust_rule').selectAll().execute()).toEqual([]);
  });
});

describe('who may do it', () => {
  let world: TrustWorld;
  let bob: Awaited<ReturnType<TrustWorld['member']>>;
  let stranger: TestClient;
  beforeAll(async () => {
    world = await createTrustWorld();
    bob = await world.member('Bob', world.team.id);
    stranger = await world.signIn((await world.addUser('Sven')).id);
  });

  const requests = [
    ['GET', '/issuers'],
    ['POST', '/issuers'],
    ['DELETE', '/issuers/iss_x'],
    ['GET', '/trusted-repositories'],
    ['POST', '/trusted-repositories'],
    ['PATCH', '/trusted-repositories/rule_x'],
    ['DELETE', '/trusted-repositories/rule_x'],
    ['POST', '/trusted-repositories/rule_x/confirmation'],
  ] as const;

  test.each(requests)('%s %s: admins alone', async (method, path) => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    const status = async (client: TestClient) =>
      (await client.send(method, `${world.team.path}${path}`, body)).status;
    expect(await status(bob.client)).toBe(403);
    expect(await status(stranger)).toBe(404);
    expect(await status(world.anonymous)).toBe(401);
  });

  test('nobody reads or changes a rule of another team', async () => {
    const world = await createTrustWorld();
    const other = await world.foundTeam('Other', 'Olga');
    const rule = await world.team.trust('github');
    const path = `${other.path}/trusted-repositories/${rule.id}`;
    expect((await other.admin.client.patch(path, {}, { ifMatch: '"1"' })).status).toBe(404);
    expect((await other.admin.client.delete(path, { ifMatch: '"1"' })).status).toBe(404);
    expect((await other.admin.client.delete(`${other.path}/issuers/${rule.issuer.id}`)).status).toBe(404);
    expect(await world.team.readRule(rule.id)).toMatchObject({ revision: 1 });
  });
});

test('an API token of an admin makes rules as the admin does', async () => {
  const world = await createTrustWorld();
  const made = await world.team.admin.client.post(`${world.team.path}/api-tokens`, { name: 'ci' });
  const { token }: { token: string } = await made.json();
  const { issuer } = await world.team.trust('github');
  const response = await world
    .withApiToken(token)
    .post(`${world.team.path}/trusted-repositories`, { issuer: issuer.id, ...usualRule('github') });
  expect(await response.json()).toMatchObject({ createdBy: 'Ada' });
});
