import { describe, expect, test } from 'vitest';
import { createTestApp } from '../testing.ts';
import { BODY_LIMIT } from './requestGuards.ts';

const OWN = 'http://localhost:8080';

async function world() {
  const host = await createTestApp();
  const team = await host.addTeam('Acme');
  const ada = await host.member('Ada', team.id, 'admin');
  const { token } = await (await ada.client.post(`${team.path}/api-tokens`, { name: 'CI' })).json();
  return { ...host, team, cookie: ada.client.headers['cookie'] ?? '', token, ada };
}

describe('a write', () => {
  test.each<[string, Record<string, string>, string, number]>([
    ['from the dashboard', { origin: OWN }, 'cookie', 200],
    ['without Origin', {}, 'cookie', 403],
    ['from another site', { origin: 'https://evil.example' }, 'cookie', 403],
    ['from a sandboxed frame', { origin: 'null' }, 'cookie', 403],
    ['from the same host on another port', { origin: 'http://localhost:8081' }, 'cookie', 403],
    ['from the same host over https', { origin: 'https://localhost:8080' }, 'cookie', 403],
    ['from a subdomain', { origin: 'http://app.localhost:8080' }, 'cookie', 403],
    ['from an origin that begins like ours', { origin: `${OWN}.evil.example` }, 'cookie', 403],
    ['by an API token, without Origin', {}, 'token', 200],
    ['by an API token, from another site', { origin: 'https://evil.example' }, 'token', 200],
    [
      'with a broken API token and a good cookie',
      { origin: OWN, authorization: 'Bearer nonsense' },
      'cookie',
      401,
    ],
    [
      'with another kind of Authorization and a good cookie',
      { origin: OWN, authorization: 'Basic YTpi' },
      'cookie',
      200,
    ],
  ])('%s', async (_case, headers, credential, status) => {
    const { app, team, cookie, token } = await world();
    const response = await app.request(`${OWN}${team.path}`, {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'if-match': '*',
        ...(credential === 'cookie' ? { cookie } : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ name: 'New' }),
    });
    expect(response.status).toBe(status);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s of any kind needs the origin', async (method) => {
    const { app, cookie } = await world();
    const response = await app.request(`${OWN}/api/v1/sessions`, { method, headers: { cookie } });
    expect(await response.json()).toMatchObject({
      status: 403,
      code: 'wrong_origin',
      title: expect.stringContaining(OWN),
    });
  });
});

describe('a request with both a token and a cookie', () => {
  test('is the token’s alone', async () => {
    const { app, cookie, token } = await world();
    const response = await app.request(`${OWN}/api/v1/sessions`, {
      headers: { cookie, authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toMatchObject({ status: 403, code: 'session_required' });
  });

  test('an API token reaches its own team only, though its owner is in another', async () => {
    const { addTeam, db, ada, withApiToken, token, team } = await world();
    const other = await addTeam('Other');
    await db
      .insertInto('member')
      .values({ team_id: other.id, user_id: ada.id, role: 'admin', joined_at: new Date(0).toISOString() })
      .execute();
    expect((await ada.client.get(other.path)).status).toBe(200);
    expect((await withApiToken(token).get(other.path)).status).toBe(404);
    const session = await (await withApiToken(token).get('/api/v1/session')).json();
    expect(session.teams).toMatchObject([{ id: team.id }]);
  });
});

describe('a problem', () => {
  test('of a body names each field by its path, in words', async () => {
    const { ada, team } = await world();
    const response = await ada.client.post(`${team.path}/vpns`, {
      name: 'x',
      ike: { version: 3, proposals: 'aes' },
    });
    expect(response.status).toBe(422);
    const problem = await response.json();
    expect(problem).toMatchObject({
      code: 'invalid_fields',
      requestId: response.headers.get('x-request-id'),
    });
    const paths = problem.errors.map((error: { path: string }) => error.path);
    expect(paths).toEqual(expect.arrayContaining(['ike.version', 'ike.proposals', 'preSharedKey']));
    expect(problem.errors.find((error: { path: string }) => error.path === 'preSharedKey')).toMatchObject({
      message: 'This field is required.',
    });
  });

  test.each<[string, string, RequestInit, number, string]>([
    ['a body that is not JSON', '/api/v1/session', { method: 'POST', body: '{' }, 400, 'invalid_request'],
    ['a query that can’t be', '/members?limit=-1', {}, 400, 'invalid_request'],
    ['a cursor that isn’t ours', '/members?cursor=abc', {}, 400, 'invalid_cursor'],
    ['a cursor of another list', '/members?cursor=WyJhIl0', {}, 400, 'invalid_cursor'],
    ['an address that isn’t there', '/api/v1/nothing', {}, 404, 'not_found'],
    [
      'a body beyond the limit',
      '/api/v1/session',
      { method: 'POST', body: 'x'.repeat(BODY_LIMIT + 1) },
      413,
      'body_too_large',
    ],
  ])('answers %s', async (_case, path, init, status, code) => {
    const { app, cookie, team } = await world();
    const url = path.startsWith('/api') ? `${OWN}${path}` : `${OWN}${team.path}${path}`;
    const response = await app.request(url, {
      ...init,
      headers: { cookie, origin: OWN, 'content-type': 'application/json' },
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ type: 'about:blank', status, code });
  });

  test('that nobody foresaw is told to the log and to nobody else', async () => {
    const { ada, team, deps, logLines } = await world();
    deps.db.selectFrom = () => {
      throw new Error('no such column: secret_thing');
    };
    const response = await ada.client.get(team.path);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('secret_thing');
    const requestId = response.headers.get('x-request-id') ?? '';
    expect(text).toContain(requestId);
    const line = logLines.find(({ level }) => level === 'error');
    expect(line?.fields).toMatchObject({ requestId, error: { message: 'no such column: secret_thing' } });
  });
});

test('answers of the API are kept by nobody and framed by nobody', async () => {
  const { ada, team } = await world();
  for (const response of [await ada.client.get(team.path), await ada.client.get('/api/v1/nothing')]) {
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
    });
  }
});

test('the log names who wrote what, and holds no query, body or token', async () => {
  const { ada, team, logLines, anonymous } = await world();
  await ada.client.post(`${team.path}/invitations?note=hidden-in-query`, {
    role: 'member',
    email: 'x@example.com',
  });
  await anonymous.post('/api/v1/session', { email: 'ada@example.com', password: 'hidden-in-body' });
  const text = JSON.stringify(logLines);
  expect(text).toContain(`${team.path}/invitations`);
  expect(text).toContain(ada.id);
  expect(text).not.toMatch(/hidden-in|culv_|x@example\.com/);
});

test('the server says that it lives, and whether it can serve', async () => {
  const { anonymous, deps } = await world();
  expect((await anonymous.get('/healthz')).status).toBe(200);
  expect((await anonymous.get('/readyz')).status).toBe(200);
  await deps.db.destroy();
  expect((await anonymous.get('/healthz')).status).toBe(200);
  expect((await anonymous.get('/readyz')).status).toBe(503);
});
