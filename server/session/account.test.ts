import { describe, expect, test } from 'vitest';
import { createTestApp } from '../testing.ts';
import { browserName } from './browserName.ts';
import { pruneTokens } from './pruneTokens.ts';
import { issueToken, spendToken } from './tokens.ts';

/** Routes about an account × who asks → status. Nothing of an account is an API token’s business. */
const routes: [string, string, unknown, { anonymous: number; signedIn: number; apiToken: number }][] = [
  ['GET', '/api/v1/session', undefined, { anonymous: 200, signedIn: 200, apiToken: 200 }],
  ['DELETE', '/api/v1/session', undefined, { anonymous: 204, signedIn: 204, apiToken: 204 }],
  ['GET', '/api/v1/sessions', undefined, { anonymous: 401, signedIn: 200, apiToken: 403 }],
  ['DELETE', '/api/v1/sessions', undefined, { anonymous: 401, signedIn: 204, apiToken: 403 }],
  ['DELETE', '/api/v1/sessions/tok_none', undefined, { anonymous: 401, signedIn: 404, apiToken: 403 }],
  ['PATCH', '/api/v1/me', { name: 'Ada L.' }, { anonymous: 401, signedIn: 200, apiToken: 403 }],
  [
    'PUT',
    '/api/v1/me/password',
    { currentPassword: 'Ada’s own password', newPassword: 'eleven quiet lanterns' },
    { anonymous: 401, signedIn: 204, apiToken: 403 },
  ],
];

describe.each(routes)('%s %s', (method, path, body, expected) => {
  test.each(Object.entries(expected))('as %s: %i', async (who, status) => {
    const { addTeam, member, anonymous, withApiToken } = await createTestApp();
    const team = await addTeam();
    const ada = await member('Ada', team.id);
    const { token } = await (await ada.client.post(`${team.path}/api-tokens`, { name: 'CI' })).json();
    const clients = { anonymous, signedIn: ada.client, apiToken: withApiToken(token) };
    const client = Object.entries(clients).find(([name]) => name === who)?.[1] ?? anonymous;
    expect((await client.send(method, path, body)).status).toBe(status);
  });
});

test('a new name is the one that others see and search', async () => {
  const { addTeam, member } = await createTestApp();
  const team = await addTeam();
  const { client } = await member('Ada', team.id);
  const answer = await client.patch('/api/v1/me', { name: '  Countess of Lovelace ' });
  expect(await answer.json()).toMatchObject({ user: { name: 'Countess of Lovelace' } });
  const found = await (await client.get(`${team.path}/members?search=countess`)).json();
  expect(found.items).toMatchObject([{ name: 'Countess of Lovelace' }]);
});

test('sessions and links that have been over for 30 days are deleted, others not', async () => {
  const { addTeam, member, signIn, clock, db } = await createTestApp();
  const team = await addTeam();
  const ada = await member('Ada', team.id, 'admin');
  await ada.client.delete('/api/v1/session');
  clock.advance(20 * 86_400_000);
  const fresh = await signIn(ada.id);
  const made = await fresh.post(`${team.path}/api-tokens`, { name: 'CI', expiresInDays: 90 });
  expect(made.status).toBe(201);
  const kinds = async () =>
    (await db.selectFrom('token').select('kind').orderBy('kind').execute()).map(({ kind }) => kind);
  clock.advance(10 * 86_400_000);
  await pruneTokens(db, clock);
  expect(await kinds()).toEqual(['api', 'session', 'session']);
  clock.advance(1);
  await pruneTokens(db, clock);
  expect(await kinds()).toEqual(['api', 'session']);
});

test('what let somebody in to a forwarded port is deleted as soon as it is over', async () => {
  const { addUser, clock, db } = await createTestApp();
  const ada = await addUser('Ada');
  const grant = { userId: ada.id, lifetimeMs: 60_000 };
  const spent = await issueToken(db, clock, { ...grant, kind: 'port_code' });
  await spendToken(db, clock, spent.id);
  await issueToken(db, clock, { ...grant, kind: 'port_code' });
  await issueToken(db, clock, { ...grant, kind: 'port', lifetimeMs: 120_000 });
  await issueToken(db, clock, { ...grant, kind: 'session' });
  const kinds = async () =>
    (await db.selectFrom('token').select('kind').orderBy('kind').execute()).map(({ kind }) => kind);
  await pruneTokens(db, clock);
  expect(await kinds()).toEqual(['port', 'port_code', 'session']);
  clock.advance(60_000);
  await pruneTokens(db, clock);
  expect(await kinds()).toEqual(['port', 'session']);
});

describe('a browser is told by its User-Agent:', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
  test.each([
    ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${chrome}`],
    ['Edge on Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/140.0.0.0`],
    ['Chrome on Android', `Mozilla/5.0 (Linux; Android 15) ${chrome}`],
    [
      'Safari on macOS',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
    ],
    [
      'Safari on iOS',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    ],
    ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0'],
    ['curl', 'curl/8.5.0'],
    ['A browser on Linux', 'Something (Linux)'],
    ['An unknown browser', undefined],
  ])('%s', (name, userAgent) => {
    expect(browserName(userAgent)).toBe(name);
  });
});
