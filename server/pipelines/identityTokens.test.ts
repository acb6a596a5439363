import { generateKeyPair } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import { pipelineProviders } from '../../contract/pipelines/identity.ts';
import { usualClaims } from './testing/issuer.ts';
import { AUDIENCE, createTrustWorld, problemOf, type TrustWorld } from './testing/trustWorld.ts';

let world: TrustWorld;
let seconds: number;

beforeAll(async () => {
  world = await createTrustWorld();
  seconds = world.clock.now() / 1000;
  for (const provider of pipelineProviders) await world.team.trust(provider);
});

/** What comes of these claims, changed in turn from those that are admitted. */
const answerTo = async (provider: PipelineProvider, changes: Record<string, unknown>) => {
  const response = await world.exchange(provider, changes);
  return response.ok ? { status: response.status, code: 'admitted' } : await problemOf(response);
};

describe.each(pipelineProviders)('a token of %s', (provider) => {
  test('that is as it has to be is exchanged for one of an hour, for its team and repository', async () => {
    const response = await world.exchange(provider);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      token: expect.stringMatching(/^culv_pipeline_[\w-]{43}$/),
      expiresAt: new Date(world.clock.now() + 3_600_000).toISOString(),
      team: { id: world.team.id, name: 'Acme' },
      repository: expect.objectContaining({ id: String(repositoryIds[provider]) }),
      vpns: null,
    });
  });

  test.each([
    ['for another audience', { aud: 'https://other.example.com' }, 'audience_wrong'],
    ['for this server with a slash at the end', { aud: `${AUDIENCE}/` }, 'audience_wrong'],
    ['for this server and another', { aud: [AUDIENCE, 'https://other.example.com'] }, 'audience_wrong'],
    ['for no audience', { aud: undefined }, 'missing_claim'],
    ['for an audience that is no text', { aud: 7 }, 'audience_wrong'],
    ['for a list of nobody', { aud: [] }, 'audience_wrong'],
    [
      'of an issuer with a slash at the end',
      { iss: `${String(usualClaims[provider]['iss'])}/` },
      'issuer_unknown',
    ],
    ['of an issuer that nobody knows', { iss: 'https://issuer.example.com' }, 'issuer_unknown'],
    ['of no issuer', { iss: undefined }, 'missing_claim'],
    ['of an issuer that is no text', { iss: ['https://issuer.example.com'] }, 'missing_claim'],
    ['without an end', { exp: undefined }, 'missing_claim'],
    ['whose end is no number', { exp: 'tomorrow' }, 'missing_claim'],
    ['without a beginning', { iat: undefined }, 'missing_claim'],
  ])('%s is refused', async (_, changes, code) => {
    expect(await answerTo(provider, changes)).toMatchObject({ status: 401, code });
  });

  test.each([
    ['that expired 60 seconds ago is refused', { exp: -60 }, 'token_expired'],
    ['that expired 20 seconds ago is let in, clocks differ', { exp: -20 }, 'admitted'],
    ['that was made 60 seconds from now is refused', { iat: 60 }, 'token_not_yet_valid'],
    ['that was made 20 seconds from now is let in, clocks differ', { iat: 20 }, 'admitted'],
    ['that is good from a minute on is refused', { nbf: 60 }, 'token_not_yet_valid'],
    ['that is good since a minute is let in', { nbf: -60 }, 'admitted'],
  ])('%s', async (_, offsets, code) => {
    const changes = Object.fromEntries(
      Object.entries(offsets).map(([claim, offset]) => [claim, seconds + offset]),
    );
    expect(await answerTo(provider, changes)).toMatchObject({ code });
  });

  test('that is good for longer than there are dates is let in, and once more is not', async () => {
    const token = await world.issuers[provider].mintFor(provider, AUDIENCE, { exp: 1e300 });
    expect((await world.present(token)).status).toBe(201);
    const times = provider === 'github' ? 1 : 5;
    for (let at = 1; at < times; at++) expect((await world.present(token)).status).toBe(201);
    expect(await problemOf(await world.present(token))).toMatchObject({ code: 'token_replayed' });
  });

  test('that another key signed, under the name of the right one, is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const token = await world.issuers[provider].mint(
      { ...usualClaims[provider], aud: AUDIENCE },
      { key: privateKey },
    );
    expect(await problemOf(await world.present(token))).toMatchObject({
      status: 401,
      code: 'signature_wrong',
    });
  });

  test('that a key signed which nobody knows is refused', async () => {
    const token = await world.issuers[provider].mint(
      { ...usualClaims[provider], aud: AUDIENCE },
      { header: { kid: 'unknown' } },
    );
    expect(await problemOf(await world.present(token))).toMatchObject({
      status: 401,
      code: 'signature_wrong',
    });
  });
});

const repositoryIds: Readonly<Record<PipelineProvider, unknown>> = {
  github: usualClaims.github['repository_id'],
  gitlab: usualClaims.gitlab['project_id'],
  bitbucket: usualClaims.bitbucket['repositoryUuid'],
};

describe('how a token is signed', () => {
  test('by the key of another issuer that the team has is refused', async () => {
    const token = await world.issuers.gitlab.mintFor('github', AUDIENCE, { iss: world.issuers.github.url });
    expect(await problemOf(await world.present(token))).toMatchObject({
      status: 401,
      code: 'signature_wrong',
    });
  });

  test('with a secret that both sides would know is refused', async () => {
    const claims = { ...usualClaims.github, aud: AUDIENCE };
    const token = await world.issuers.github.mint(claims, {
      header: { alg: 'HS256' },
      key: new Uint8Array(32),
    });
    expect(await problemOf(await world.present(token))).toMatchObject({
      status: 401,
      code: 'algorithm_refused',
    });
  });

  test('with nothing is refused', async () => {
    const text = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, '');
    const claims = { ...usualClaims.github, aud: AUDIENCE, iat: seconds, exp: seconds + 300 };
    const token = `${text({ alg: 'none' })}.${text(claims)}.`;
    expect(await problemOf(await world.present(token))).toMatchObject({
      status: 401,
      code: 'algorithm_refused',
    });
  });

  test('with RS256 and claims changed afterwards is refused', async () => {
    const token = await world.issuers.github.mintFor('github', AUDIENCE);
    const [head, body, signature] = token.split('.');
    const changed = btoa(atob(body ?? '').replace('"4711"', '"4712"')).replace(/=+$/, '');
    expect(await problemOf(await world.present(`${head}.${changed}.${signature}`))).toMatchObject({
      status: 401,
      code: 'signature_wrong',
    });
  });
});

describe('what is no identity token at all', () => {
  test.each([
    ['nothing', '', 422, 'invalid_fields'],
    ['a word', 'abc', 401, 'token_malformed'],
    ['three parts that hold nothing', 'a.b.c', 401, 'token_malformed'],
    ['claims of no issuer', 'e30.e30.', 401, 'missing_claim'],
    ['an API token', 'culv_api_abcdefgh', 401, 'token_malformed'],
    ['more than a token has', 'x'.repeat(16_385), 422, 'invalid_fields'],
  ])('%s is refused', async (_, idToken, status, code) => {
    expect(await problemOf(await world.present(idToken))).toMatchObject({ status, code });
  });
});

test('a list that holds this server alone is what Bitbucket makes of one audience, and is let in', async () => {
  expect(await answerTo('bitbucket', { aud: [AUDIENCE] })).toMatchObject({ code: 'admitted' });
});

describe('a token that has lain around', () => {
  test.each([
    ['github', 16, 'token_expired'],
    ['github', 14, 'admitted'],
    ['gitlab', 600, 'admitted'],
    ['bitbucket', 600, 'admitted'],
  ] as const)('%s, made %i minutes ago and still good: %s', async (provider, minutes, code) => {
    const changes = { iat: seconds - minutes * 60, exp: seconds + 600 };
    expect(await answerTo(provider, changes)).toMatchObject({ code });
  });
});

describe('a token without what its provider always says is refused by the name of that', () => {
  test.each([
    ['github', 'repository'],
    ['github', 'repository_id'],
    ['github', 'repository_owner'],
    ['github', 'repository_owner_id'],
    ['github', 'event_name'],
    ['gitlab', 'project_id'],
    ['gitlab', 'project_path'],
    ['gitlab', 'namespace_id'],
    ['gitlab', 'namespace_path'],
    ['gitlab', 'pipeline_source'],
    ['gitlab', 'ref_protected'],
    ['bitbucket', 'workspaceUuid'],
    ['bitbucket', 'repositoryUuid'],
  ] as const)('%s: %s', async (provider, claim) => {
    const problem = await answerTo(provider, { [claim]: undefined });
    expect(problem).toMatchObject({ status: 401, code: 'missing_claim' });
    expect(problem).toHaveProperty('title', expect.stringContaining(`“${claim}”`));
  });
});

describe('who refuses a token says what to do', () => {
  test.each([
    [
      'for another server',
      { aud: 'x' },
      `The token is for “x”, not for this server. Request it with the audience ${AUDIENCE}, exactly so.`,
    ],
    [
      'of another issuer',
      { iss: 'https://x.example' },
      'An admin of the team adds this issuer in Settings, Trusted repositories.',
    ],
    [
      'that has expired',
      { exp: 1 },
      'The token expired at 1970-01-01T00:00:01.000Z. Request a new one and use it at once.',
    ],
    ['from the future', { nbf: 9_999_999_999 }, 'Compare the clocks of the issuer and of this server.'],
  ])('%s', async (_, changes, title) => {
    expect(await answerTo('github', changes)).toHaveProperty('title', expect.stringContaining(title));
  });
});

test('no token, good or bad, stands in the log', async () => {
  const token = await world.issuers.github.mintFor('github', AUDIENCE);
  await world.present(token);
  await world.present(`${token}x`);
  expect(JSON.stringify(world.logLines)).not.toContain(token.slice(0, 40));
  expect(JSON.stringify(world.logLines)).not.toContain('culv_pipeline_');
});
