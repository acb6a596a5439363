import { beforeEach, describe, expect, test } from 'vitest';
import { createSignInHost, settingsOf, usualSettings } from './testing/signInHost.ts';

let host: Awaited<ReturnType<typeof createSignInHost>>;
let path: string;
beforeEach(async () => {
  host = await createSignInHost();
  path = `${host.team.path}/sign-in-provider`;
});

const codes = async (response: Response) => {
  const { code, errors = [] } = await response.json();
  return [
    response.status,
    ...(errors.length > 0
      ? errors.map((error: { path: string; code: string }) => `${error.path} ${error.code}`)
      : [code]),
  ];
};

test('admins who are signed in set it up; members see nothing of it, tokens change nothing', async () => {
  const member = await host.member('Mei', host.team.id);
  const stranger = await host.member('Eve', (await host.addTeam('Other')).id, 'admin');
  const { token } = await (await host.ada.client.post(`${host.team.path}/api-tokens`, { name: 'CI' })).json();
  const statuses = async (send: (client: typeof host.anonymous) => Promise<Response>) => {
    const clients = [
      host.anonymous,
      member.client,
      stranger.client,
      host.withApiToken(token),
      host.ada.client,
    ];
    return await Promise.all(clients.map(async (client) => (await send(client)).status));
  };
  const save = settingsOf(host.saved);
  expect(await statuses((client) => client.get(path))).toEqual([401, 403, 404, 200, 200]);
  expect(await statuses((client) => client.post(`${path}/test`, save))).toEqual([401, 403, 404, 403, 200]);
  expect(await statuses((client) => client.put(path, save, { ifMatch: '"1"' }))).toEqual([
    401, 403, 404, 403, 200,
  ]);
  expect(await statuses((client) => client.delete(path, { ifMatch: '*' }))).toEqual([
    401, 403, 404, 403, 204,
  ]);
});

test('the client secret goes in and never comes out', async () => {
  const secret = usualSettings.clientSecret ?? '';
  const row = await host.db.selectFrom('sign_in_provider').selectAll().executeTakeFirstOrThrow();
  const activity = await (await host.ada.client.get(`${host.team.path}/activity`)).text();
  const seen = [
    await (await host.ada.client.get(path)).text(),
    JSON.stringify(row),
    activity,
    JSON.stringify(host.logLines),
  ];
  for (const text of seen) expect(text).not.toContain(secret);
});

test('it says what address to register before there is a provider', async () => {
  await host.ada.client.delete(path, { ifMatch: '*' });
  expect(await host.read()).toEqual({
    provider: null,
    redirectUri: 'http://localhost:8080/api/v1/sign-in/callback',
  });
});

describe('a change', () => {
  test('needs the revision that it is based on', async () => {
    const save = settingsOf(host.saved);
    expect(await codes(await host.ada.client.put(path, save))).toEqual([428, 'revision_required']);
    const first = await host.ada.client.put(path, { ...save, name: 'Acme' }, { ifMatch: '"1"' });
    expect(first.headers.get('etag')).toBe('"2"');
    const late = await host.ada.client.put(path, save, { ifMatch: '"1"' });
    expect(late.status).toBe(412);
    expect((await late.json()).current).toMatchObject({ name: 'Acme', revision: 2 });
  });

  test('of a provider that somebody has removed meanwhile says so', async () => {
    await host.ada.client.delete(path, { ifMatch: '*' });
    const response = await host.ada.client.put(path, usualSettings, { ifMatch: '"1"' });
    expect([response.status, (await response.json()).current]).toEqual([412, null]);
  });

  test('keeps the client secret where it is left out', async () => {
    await host.save({ name: 'Acme' });
    expect(
      await host
        .browser()
        .signIn({ sub: 'mei', idToken: { email: 'mei@acme.example', email_verified: true } }),
    ).toBe('/');
  });

  test.each([
    [
      'another issuer without its secret',
      { issuer: 'https://evil.example' },
      ['clientSecret secret_of_another_issuer'],
    ],
    ['a groups claim without groups', { groupsClaim: 'groups' }, ['adminGroups admin_groups_missing']],
    ['groups without a claim', { adminGroups: ['a'] }, ['groupsClaim groups_claim_missing']],
    ['scopes without openid', { scopes: 'email' }, ['scopes custom']],
    ['scopes with quotes', { scopes: 'openid "x"' }, ['scopes invalid_format']],
    ['no domain', { admittedDomains: ['acme'] }, ['admittedDomains.0 invalid_format']],
    ['an issuer that is no address', { issuer: 'acme' }, ['issuer custom']],
  ])('is refused at its field: %s', async (_what, changes, expected) => {
    expect(await codes(await host.save(changes))).toEqual([422, ...expected]);
  });

  test('stands in the activity', async () => {
    host.clock.advance(1000);
    await host.save({ role: 'admin' });
    host.clock.advance(1000);
    await host.ada.client.delete(path, { ifMatch: '*' });
    const { items } = await (await host.ada.client.get(`${host.team.path}/activity`)).json();
    expect(items.map(({ summary }: { summary: string }) => summary)).toEqual([
      'Removed sign-in with Acme login.',
      'Changed how Acme login signs members in.',
      'Set up sign-in with Acme login.',
    ]);
  });
});

test('a new provider needs its client secret', async () => {
  await host.ada.client.delete(path, { ifMatch: '*' });
  const { clientSecret: _, ...save } = usualSettings;
  expect(await codes(await host.ada.client.put(path, save))).toEqual([422, 'clientSecret required']);
  expect(await codes(await host.ada.client.post(`${path}/test`, save))).toEqual([
    422,
    'clientSecret required',
  ]);
});
