import { beforeAll, expect, test } from 'vitest';
import type { SignInProviderSave, SignInTest } from '../../contract/signInProviders.ts';
import type { Misbehaviour } from './testing/scriptedProvider.ts';
import { createSignInHost, usualSettings } from './testing/signInHost.ts';

let host: Awaited<ReturnType<typeof createSignInHost>>;
beforeAll(async () => {
  host = await createSignInHost();
});

async function testWith(wrong: Misbehaviour, changes: Partial<SignInProviderSave> = {}): Promise<SignInTest> {
  host.provider.misbehave(wrong);
  const body = { ...usualSettings, ...changes };
  return await (await host.ada.client.post(`${host.team.path}/sign-in-provider/test`, body)).json();
}

test('a provider that is as it should be passes every step, and nobody is signed in', async () => {
  const { steps, ok } = await testWith({});
  expect(ok).toBe(true);
  expect(steps.map(({ name, result }) => `${name}: ${result}`)).toEqual([
    'Address: ok',
    'Issuer: ok',
    'Endpoints: ok',
    'Keys: ok',
    'Code flow with PKCE: ok',
    'Scopes: ok',
    'Client id and secret: ok',
    'Redirect address: ok',
  ]);
  expect(steps.at(-1)?.message).toContain('http://localhost:8080/api/v1/sign-in/callback');
  expect(await host.db.selectFrom('sign_in_flow').selectAll().execute()).toEqual([]);
});

test.each<[string, Misbehaviour, Partial<SignInProviderSave>, string, RegExp]>([
  [
    'an address that can’t be reached',
    { away: 'https://login.acme.example can’t be reached: its name is not known.' },
    {},
    'Address',
    /its name is not known/,
  ],
  [
    'an address without a discovery document',
    {},
    { issuer: 'https://login.acme.example/nothing' },
    'Address',
    /status 404.*without “\/\.well-known/,
  ],
  ['a document that is none', { discovery: { issuer: undefined } }, {}, 'Address', /no discovery document/],
  [
    'another issuer',
    { discovery: { issuer: 'https://login.acme.example/' } },
    {},
    'Issuer',
    /calls itself https:\/\/login\.acme\.example\/\. Enter exactly that/,
  ],
  [
    'an issuer for all tenants',
    { discovery: { issuer: 'https://login.acme.example/{tenantid}' } },
    {},
    'Issuer',
    /the id of your tenant/,
  ],
  ['a missing endpoint', { discovery: { token_endpoint: undefined } }, {}, 'Endpoints', /token_endpoint/],
  [
    'an endpoint without https',
    { discovery: { authorization_endpoint: 'http://login.acme.example/a' } },
    {},
    'Endpoints',
    /must be one with https/,
  ],
  [
    'an endpoint that is a script',
    { discovery: { authorization_endpoint: 'javascript:alert(1)' } },
    {},
    'Endpoints',
    /must be one with https/,
  ],
  ['no keys', { discovery: { jwks_uri: 'https://login.acme.example/nowhere' } }, {}, 'Keys', /no keys/],
  [
    'no code flow',
    { discovery: { response_types_supported: ['id_token'] } },
    {},
    'Code flow with PKCE',
    /no authorization code flow/,
  ],
  [
    'PKCE without S256',
    { discovery: { code_challenge_methods_supported: ['plain'] } },
    {},
    'Code flow with PKCE',
    /S256/,
  ],
  ['a wrong client secret', {}, { clientSecret: 'an older one' }, 'Client id and secret', /Copy both again/],
  ['a wrong client id', {}, { clientId: 'nobody' }, 'Client id and secret', /Copy both again/],
  [
    'a redirect address that isn’t registered',
    { authorization: 400 },
    {},
    'Redirect address',
    /Register http:\/\/localhost:8080\/api\/v1\/sign-in\/callback/,
  ],
])(
  '%s fails its step with what to do, and nothing is tried after it',
  async (_what, wrong, changes, step, message) => {
    const { steps, ok } = await testWith(wrong, changes);
    expect(ok).toBe(false);
    const at = steps.findIndex(({ result }) => result === 'failed');
    expect(steps[at]?.name).toBe(step);
    expect(steps[at]?.message).toMatch(message);
    expect(steps.slice(at + 1).every(({ result }) => result === 'skipped')).toBe(true);
    expect(steps.slice(0, at).every(({ result }) => result === 'ok')).toBe(true);
  },
);

test.each<[string, Misbehaviour, Partial<SignInProviderSave>, string, RegExp]>([
  [
    'PKCE that isn’t mentioned',
    { discovery: { code_challenge_methods_supported: undefined } },
    {},
    'Code flow with PKCE',
    /doesn’t say/,
  ],
  ['a scope that isn’t listed', {}, { scopes: 'openid email groups' }, 'Scopes', /doesn’t list groups/],
  [
    'an authorization page that doesn’t tell',
    { authorization: 200 },
    {},
    'Redirect address',
    /can’t be seen from here/,
  ],
])('%s is a warning, and the test goes on', async (_what, wrong, changes, step, message) => {
  const { steps, ok } = await testWith(wrong, changes);
  expect(ok).toBe(true);
  const found = steps.find(({ result }) => result === 'warning');
  expect(found?.name).toBe(step);
  expect(found?.message).toMatch(message);
});

test('the secret is in no address and in no answer', async () => {
  host.provider.asked.length = 0;
  const found = await testWith({});
  const secret = encodeURIComponent(usualSettings.clientSecret ?? '');
  expect(host.provider.asked.join(' ')).not.toContain(secret);
  expect(JSON.stringify(found)).not.toContain(usualSettings.clientSecret);
});
