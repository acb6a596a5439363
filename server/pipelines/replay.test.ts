import { describe, expect, test } from 'vitest';
import { AUDIENCE, createTrustWorld, problemOf } from './testing/trustWorld.ts';

const previewsOf = (world: Awaited<ReturnType<typeof createTrustWorld>>, token: string) =>
  world.withApiToken(token).get(`${world.team.path}/previews`);

const tokenIn = async (response: Response): Promise<string> => {
  const { token }: { token: string } = await response.json();
  return token;
};

test('GitHub: a token that was exchanged is refused, also when two come at once', async () => {
  const world = await createTrustWorld();
  await world.team.trust('github');
  const idToken = await world.issuers.github.mintFor('github', AUDIENCE);
  const both = await Promise.all([world.present(idToken), world.present(idToken)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 401]);
  const kept = both.find(({ status }) => status === 201);
  expect(await problemOf(await world.present(idToken))).toMatchObject({
    status: 401,
    code: 'token_replayed',
  });
  // Whoever found it in a log must not be able to end the run by trying.
  expect((await previewsOf(world, kept ? await tokenIn(kept) : '')).status).toBe(200);
});

describe.each(['gitlab', 'bitbucket'] as const)('%s: one token per job', (provider) => {
  test('gives a new token up to five times, and the earlier one is no longer good', async () => {
    const world = await createTrustWorld();
    await world.team.trust(provider);
    const idToken = await world.issuers[provider].mintFor(provider, AUDIENCE);
    const first = await tokenIn(await world.present(idToken));
    expect((await previewsOf(world, first)).status).toBe(200);
    const second = await tokenIn(await world.present(idToken));
    expect((await previewsOf(world, first)).status).toBe(401);
    expect((await previewsOf(world, second)).status).toBe(200);
    for (let at = 0; at < 3; at++) expect((await world.present(idToken)).status).toBe(201);
    expect(await problemOf(await world.present(idToken))).toMatchObject({
      status: 401,
      code: 'token_replayed',
      title: expect.stringContaining('5 times'),
    });
  });
});

test('a token without an id of its own is known again by what it says', async () => {
  const world = await createTrustWorld();
  await world.team.trust('github');
  const idToken = await world.issuers.github.mintFor('github', AUDIENCE, { jti: undefined });
  expect((await world.present(idToken)).status).toBe(201);
  expect(await problemOf(await world.present(idToken))).toMatchObject({ code: 'token_replayed' });
});

test('the same id of another issuer is another token', async () => {
  const world = await createTrustWorld();
  await world.team.trust('github');
  await world.team.trust('gitlab');
  expect((await world.exchange('github', { jti: 'same' })).status).toBe(201);
  expect((await world.exchange('gitlab', { jti: 'same' })).status).toBe(201);
});

test('a token that was exchanged for one team is not good for another', async () => {
  const world = await createTrustWorld();
  const other = await world.foundTeam('Other', 'Olga');
  await world.team.trust('gitlab');
  await other.trust('gitlab');
  const idToken = await world.issuers.gitlab.mintFor('gitlab', AUDIENCE);
  expect((await world.present(idToken)).status).toBe(201);
  expect(await problemOf(await world.present(idToken, other.id))).toMatchObject({ code: 'token_replayed' });
});

test('a token that was refused is still good once a rule admits it', async () => {
  const world = await createTrustWorld();
  const idToken = await world.issuers.github.mintFor('github', AUDIENCE);
  expect((await world.present(idToken)).status).toBe(403);
  await world.team.trust('github');
  expect((await world.present(idToken)).status).toBe(201);
});

test('what was used is forgotten when nobody would take it any more', async () => {
  const world = await createTrustWorld();
  await world.team.trust('github');
  const kept = async () => (await world.db.selectFrom('used_identity_token').select('jti').execute()).length;
  await world.exchange('github');
  world.clock.advance(5 * 60_000);
  await world.exchange('github');
  expect(await kept()).toBe(2);
  world.clock.advance(2 * 60_000);
  await world.exchange('github');
  expect(await kept()).toBe(2);
});
