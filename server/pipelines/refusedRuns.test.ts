import { describe, expect, test, vi } from 'vitest';
import { PipelineRun } from '../../contract/pipelines/pipelines.ts';
import { TestClient } from '../testing.ts';
import { createTrustWorld, problemOf, type TrustWorld } from './testing/trustWorld.ts';
import { addVpn } from './testing/vpn.ts';

const runsOf = async ({ admin, path }: Pick<TrustWorld['team'], 'admin' | 'path'>, query = '') => {
  const answer = await admin.client.get(`${path}/pipeline-runs${query}`);
  const { items, total }: { items: unknown[]; total: number } = await answer.json();
  return { items: items.map((item) => PipelineRun.parse(item)), total };
};

test('a refused pipeline is kept among the runs, with all that a rule needs to let it in', async () => {
  const { team, exchange } = await createTrustWorld();
  await exchange('github', { event_name: 'pull_request', ref: 'refs/pull/12/merge' });
  expect(await runsOf(team)).toMatchObject({
    total: 1,
    items: [
      {
        provider: 'github',
        repository: 'octo/app',
        action: 'exchange',
        result: 'refused',
        code: 'repository_untrusted',
        message: 'octo/app isn’t trusted by this team.',
        actor: 'octo/app, GitHub Actions',
        event: 'pull_request',
        ref: 'refs/pull/12/merge',
        vpn: null,
        workspace: null,
        knownOwner: false,
        admittedBy: {
          issuer: 'https://token.actions.githubusercontent.com',
          owner: { id: '12', name: 'octo' },
          repository: { id: '4711', name: 'octo/app' },
          event: 'pull_request',
          ref: 'refs/pull/12/merge',
        },
      },
    ],
  });
});

test('what a rule is made of from it lets it in', async () => {
  const { team, exchange } = await createTrustWorld();
  await exchange('gitlab');
  const { admittedBy } = (await runsOf(team)).items[0] ?? {};
  await team.trust('gitlab', { owner: admittedBy?.owner, repository: admittedBy?.repository });
  expect((await exchange('gitlab')).status).toBe(201);
});

test('a token that isn’t what it says is not kept', async () => {
  const { team, exchange, present } = await createTrustWorld();
  await exchange('github', { aud: 'https://other.example.com' });
  await exchange('github', { exp: 1 });
  await present('abc');
  expect(await runsOf(team)).toEqual({ items: [], total: 0 });
});

test('members see them too', async () => {
  const { team, exchange, member } = await createTrustWorld();
  await exchange('github');
  const bob = await member('Bob', team.id);
  expect((await runsOf({ ...team, admin: bob })).total).toBe(1);
});

test('the last fifty of the team’s own owners are kept, newest first', async () => {
  const { team, exchange, clock } = await createTrustWorld();
  await team.trust('github');
  for (let at = 0; at < 53; at++) {
    await exchange('github', { repository: `octo/app-${at}`, repository_id: String(at) });
    clock.advance(1000);
  }
  const { items, total } = await runsOf(team);
  expect(total).toBe(50);
  expect([items[0]?.repository, items.at(-1)?.repository]).toEqual(['octo/app-52', 'octo/app-3']);
});

describe('strangers, who can have tokens for this server too,', () => {
  /** Comes from an owner that no rule names. */
  const stranger = (id: string) => ({
    repository: `octo-inc/app-${id}`,
    repository_id: id,
    repository_owner: 'octo-inc',
    repository_owner_id: '66',
  });
  const refused = ({ items }: Awaited<ReturnType<typeof runsOf>>) =>
    items.map(({ repository, knownOwner }) => [repository, knownOwner]);

  test('never push out what the team’s own were refused, and the last five of them are kept', async () => {
    const { team, exchange, clock } = await createTrustWorld();
    await team.trust('github', { refs: ['dev'] });
    await exchange('github');
    for (let at = 0; at < 60; at++) {
      clock.advance(1000);
      await exchange('github', stranger(String(900 + at)));
    }
    expect(refused(await runsOf(team))).toEqual([
      ...[59, 58, 57, 56, 55].map((at) => [`octo-inc/app-${900 + at}`, false]),
      ['octo/app', true],
    ]);
  });

  test('are kept once for each repository, and tell the dashboard once a minute', async () => {
    const { team, exchange, clock, deps } = await createTrustWorld();
    const publish = vi.spyOn(deps.bus, 'publish');
    for (const wait of [0, 10_000, 60_000, 1000]) {
      clock.advance(wait);
      await exchange('github', { ...stranger('9'), event_name: `after-${wait}` });
    }
    const { items, total } = await runsOf(team);
    expect([total, items[0]?.event]).toEqual([1, 'after-60000']);
    expect(publish.mock.calls).toEqual([
      [team.id, ['previews']],
      [team.id, ['previews']],
    ]);
  });

  test('are known neither by a name that a rule has with another id, nor by another issuer’s rule', async () => {
    const { team, exchange } = await createTrustWorld();
    await team.trust('github');
    await exchange('github', { ...stranger('9'), repository_owner: 'octo' });
    await team.trust('gitlab', { owner: { name: 'octo-inc', id: '66' }, repository: null });
    await exchange('github', stranger('10'));
    expect((await runsOf(team)).items.map(({ knownOwner }) => knownOwner)).toEqual([false, false]);
  });

  test('are none where a rule has their owner’s name and no id yet, in whatever case', async () => {
    const { team, exchange } = await createTrustWorld();
    await team.trust('github', {
      owner: { name: 'Octo-Inc', id: null },
      repository: { name: 'Octo-Inc/other', id: null },
    });
    await exchange('github', stranger('9'));
    expect((await runsOf(team)).items[0]?.knownOwner).toBe(true);
  });
});

test('of several teams with the issuer, only those hear of it that know the repository', async () => {
  const { team, foundTeam, exchange } = await createTrustWorld();
  const other = await foundTeam('Other', 'Olga');
  await other.trust('github', { refs: ['dev'] });
  expect(await problemOf(await exchange('github', {}, null))).toMatchObject({ code: 'ref_untrusted' });
  expect((await runsOf(team)).total).toBe(0);
  expect((await runsOf(other)).items).toMatchObject([{ code: 'ref_untrusted' }]);
});

test('the runs of a VPN are those that used it', async () => {
  const world = await createTrustWorld();
  const { team, exchange, db } = world;
  const vpn = await addVpn(world, team.id, 'Company data center');
  await exchange('github');
  await exchange('github', { repository: 'octo/other', repository_id: '4712' });
  await db
    .updateTable('pipeline_run')
    .set({ vpn_id: vpn })
    .where('repository_name', '=', 'octo/other')
    .execute();
  for (const named of [vpn, 'company%20data%20center']) {
    expect(await runsOf(team, `?vpn=${named}`)).toMatchObject({
      total: 1,
      items: [{ repository: 'octo/other', vpn: { id: vpn, name: 'Company data center' } }],
    });
  }
  const { status } = await team.admin.client.get(`${team.path}/pipeline-runs?vpn=unknown`);
  expect(status).toBe(404);
});

test('whoever keeps being refused from one address has to wait, and good tokens don’t count', async () => {
  const { app, anonymous, issuers, team, clock } = await createTrustWorld();
  await team.trust('github');
  const send = async (audience: string) => {
    const idToken = await issuers.github.mintFor('github', audience);
    const body = JSON.stringify({ idToken });
    const headers = { ...anonymous.headers, 'content-type': 'application/json' };
    return await app.request(
      'http://localhost:8080/api/v1/pipeline-tokens',
      { method: 'POST', headers, body },
      { remoteAddress: '203.0.113.7' },
    );
  };
  for (let at = 0; at < 70; at++) expect((await send('http://localhost:8080')).status).toBe(201);
  for (let at = 0; at < 60; at++) expect((await send('x')).status).toBe(401);
  const waits = await send('http://localhost:8080');
  expect(waits.status).toBe(429);
  clock.advance(Number(waits.headers.get('retry-after')) * 1000);
  expect((await send('http://localhost:8080')).status).toBe(201);
});

test('a program has no origin and needs none', async () => {
  const { app, issuers, team } = await createTrustWorld();
  await team.trust('github');
  const program = new TestClient(app, {});
  const idToken = await issuers.github.mintFor('github', 'http://localhost:8080');
  expect((await program.post('/api/v1/pipeline-tokens', { idToken, team: null })).status).toBe(201);
});
