import { describe, expect, test } from 'vitest';
import { AUDIENCE, createTrustWorld, problemOf } from './testing/trustWorld.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function trusting() {
  const world = await createTrustWorld();
  await world.team.trust('github');
  const { github } = world.issuers;
  /** Documents that were asked for since the last time. */
  const asked = () => github.asked.splice(0).map((address) => address.replace(github.url, ''));
  asked();
  const code = async (changes: object = {}) => {
    const response = await world.exchange('github', { ...changes });
    return response.ok ? 'admitted' : (await problemOf(response)).code;
  };
  return { ...world, github, asked, code };
}

test('keys are asked for at the first token, once for many at the same time, and not again for a while', async () => {
  const { asked, code, clock } = await trusting();
  expect(await Promise.all([code(), code(), code()])).toEqual(['admitted', 'admitted', 'admitted']);
  expect(asked()).toEqual(['/.well-known/openid-configuration', '/keys']);
  clock.advance(9 * MINUTE);
  await code();
  expect(asked()).toEqual([]);
  clock.advance(2 * MINUTE);
  await code();
  expect(asked()).toEqual(['/.well-known/openid-configuration', '/keys']);
});

test('a key that the issuer changed to is found, no sooner than 30 seconds after the last time', async () => {
  const { github, asked, code, clock } = await trusting();
  await code();
  await github.rotate();
  asked();
  expect(await code()).toBe('signature_wrong');
  expect(asked()).toEqual([]);
  clock.advance(30_000);
  expect(await code()).toBe('admitted');
});

test('a key that the issuer has dropped is no longer good once it was asked again', async () => {
  const { github, code, clock, present } = await trusting();
  await code();
  const signedBefore = await github.mintFor('github', AUDIENCE, { exp: clock.now() / 1000 + 3600 });
  await github.rotate({ forget: true });
  clock.advance(10 * MINUTE);
  expect(await problemOf(await present(signedBefore))).toMatchObject({ code: 'signature_wrong' });
});

describe('an issuer that can’t be reached', () => {
  test('and never was: 503 with what is the matter, not a word on the token', async () => {
    const { github, exchange } = await trusting();
    github.goAway();
    expect(await problemOf(await exchange('github'))).toMatchObject({
      status: 503,
      code: 'issuer_unreachable',
      title: 'https://token.actions.githubusercontent.com can’t be reached: it refuses the connection.',
    });
  });

  test('isn’t asked by every token, and is found again seconds after it came back', async () => {
    const { github, asked, code, clock } = await trusting();
    github.goAway();
    for (let at = 0; at < 5; at++) expect(await code()).toBe('issuer_unreachable');
    expect(asked()).toHaveLength(1);
    github.comeBack();
    clock.advance(5_000);
    expect(await code()).toBe('admitted');
  });

  test('keeps the keys that it had, for a day', async () => {
    const { github, code, clock } = await trusting();
    await code();
    github.goAway();
    clock.advance(23 * HOUR);
    expect(await code()).toBe('admitted');
    clock.advance(HOUR);
    expect(await code()).toBe('issuer_unreachable');
  });

  test('leaves a key unknown that it may have changed to', async () => {
    const { github, code, clock } = await trusting();
    await code();
    await github.rotate();
    github.goAway();
    clock.advance(MINUTE);
    expect(await code()).toBe('signature_wrong');
  });
});

describe('an issuer whose documents are no use', () => {
  test.each([
    ['of another issuer', { issuer: 'https://evil.example.com' }],
    ['without an address of keys', { jwks_uri: undefined }],
    ['with keys where there are none', { jwks_uri: 'https://token.actions.githubusercontent.com/nowhere' }],
  ])('%s: 503', async (_, says) => {
    const { github, code } = await trusting();
    github.say(says);
    expect(await code()).toBe('issuer_unreachable');
  });
});

test('nothing is asked of an issuer that no team has, whatever a token says', async () => {
  const { asked, code } = await trusting();
  expect(await code({ iss: 'http://169.254.169.254/latest' })).toBe('issuer_unknown');
  expect(asked()).toEqual([]);
});
