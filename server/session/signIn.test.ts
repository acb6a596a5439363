import { describe, expect, test } from 'vitest';
import { createTestApp, type TestApp, TestClient } from '../testing.ts';
import { networkOf, clientAddress } from './clientAddress.ts';
import { waitAfter } from './attemptLimit.ts';
import { signInRules } from './signInLimit.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The cookie that an answer sets, as `name=value`, with its attributes. */
function cookieOf(response: Response) {
  const [header, ...others] = response.headers.getSetCookie();
  if (header === undefined || others.length > 0) throw new Error('The answer sets no cookie, or several.');
  const [pair = '', ...attributes] = header.split('; ');
  return { pair, attributes: attributes.toSorted() };
}

const signInAs = async (host: TestApp, email: string, password: string, remoteAddress?: string) =>
  await host.app.request(
    'http://localhost:8080/api/v1/session',
    {
      method: 'POST',
      headers: { origin: 'http://localhost:8080', 'content-type': 'application/json', 'user-agent': firefox },
      body: JSON.stringify({ email, password }),
    },
    remoteAddress === undefined ? {} : { remoteAddress },
  );
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

test('the cookie is the host’s, out of reach of scripts, and named for the installation', async () => {
  const host = await createTestApp();
  const ada = await host.addUser('Ada');
  const response = await signInAs(host, 'ADA@example.com ', ada.password);
  expect(response.status).toBe(200);
  const { pair, attributes } = cookieOf(response);
  expect(pair).toMatch(/^__Host-Http-culvert-test=culv_session_[\w-]{43}$/);
  expect(attributes).toEqual([
    'Expires=Mon, 21 Dec 2026 08:00:00 GMT',
    'HttpOnly',
    'Path=/',
    'SameSite=Lax',
    'Secure',
  ]);

  const mine = new TestClient(host.app, { cookie: pair, origin: 'http://localhost:8080' });
  expect(await (await mine.get('/api/v1/session')).json()).toMatchObject({
    user: { email: 'ada@example.com' },
    expiresAt: '2026-12-21T08:00:00.000Z',
    setup: 'done',
  });
  const out = await mine.delete('/api/v1/session');
  expect(cookieOf(out).pair).toBe('__Host-Http-culvert-test=');
  expect(cookieOf(out).attributes).toContain('Max-Age=0');
  expect(await (await mine.get('/api/v1/session')).json()).toMatchObject({ user: null });
});

test('what is stored doesn’t let anybody in', async () => {
  const host = await createTestApp();
  const ada = await host.addUser('Ada');
  const token = cookieOf(await signInAs(host, ada.email, ada.password)).pair.split('=')[1] ?? '';
  const rows = await host.db.selectFrom('token').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(token);
  const stored = host.withSession(rows[0]?.hash ?? '');
  expect(await (await stored.get('/api/v1/session')).json()).toMatchObject({ user: null });
});

test('an unknown email and a wrong password get the same answer after the same work', async () => {
  const host = await createTestApp();
  const ada = await host.addUser('Ada');
  const verified: string[] = [];
  const { verify } = host.deps.passwords;
  host.deps.passwords.verify = (hash, password) => {
    verified.push(password);
    return verify(hash, password);
  };
  const answers = [
    await signInAs(host, ada.email, 'not it at all'),
    await signInAs(host, 'nobody@example.com', 'not it at all'),
  ];
  const bodies = await Promise.all(answers.map((answer) => answer.json()));
  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  expect(bodies[0]).toEqual({ ...bodies[1], requestId: bodies[0].requestId });
  expect(verified).toHaveLength(2);
});

describe('a session', () => {
  test('ends after seven days without use, and lives on with use until the thirtieth', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    const idle = await host.signIn(ada.id);
    const used = await host.signIn(ada.id);
    const isIn = async (client: TestClient) =>
      (await (await client.get('/api/v1/session')).json()).user !== null;
    for (let day = 1; day < 30; day += 1) {
      host.clock.advance(DAY_MS);
      expect(await isIn(used), `day ${day}`).toBe(true);
      if (day === 7) expect(await isIn(idle)).toBe(false);
    }
    host.clock.advance(DAY_MS);
    expect(await isIn(used)).toBe(false);
  });

  test('writes that it was used at most once a minute', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    const client = await host.signIn(ada.id);
    const lastUsed = async () =>
      (await host.db.selectFrom('token').select('last_used_at').executeTakeFirstOrThrow()).last_used_at;
    await client.get('/api/v1/session');
    const first = await lastUsed();
    host.clock.advance(MINUTE_MS - 1);
    await client.get('/api/v1/session');
    expect(await lastUsed()).toBe(first);
    host.clock.advance(1);
    await client.get('/api/v1/session');
    expect(await lastUsed()).not.toBe(first);
  });

  test('is replaced when its browser signs in again', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    const before = await host.signIn(ada.id);
    const again = await before.post('/api/v1/session', { email: ada.email, password: ada.password });
    expect(again.status).toBe(200);
    expect(await (await before.get('/api/v1/session')).json()).toMatchObject({ user: null });
  });
});

describe('the list of browsers', () => {
  test('shows one’s own, and ends each, or all of them', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    const eve = await host.addUser('Eve');
    await host.signIn(eve.id);
    const here = new TestClient(host.app, {
      cookie: cookieOf(await signInAs(host, ada.email, ada.password)).pair,
      origin: 'http://localhost:8080',
    });
    const there = await host.signIn(ada.id);
    const { items } = await (await here.get('/api/v1/sessions')).json();
    expect(items).toHaveLength(2);
    const mine = items.find((item: { current: boolean }) => item.current);
    expect(mine).toMatchObject({ browser: 'Firefox on Linux', createdAt: '2026-11-21T08:00:00.000Z' });
    const other = items.find((item: { current: boolean }) => !item.current);

    const [eves] = await host.db.selectFrom('token').select('id').where('user_id', '=', eve.id).execute();
    expect((await here.delete(`/api/v1/sessions/${eves?.id}`)).status).toBe(404);
    expect((await here.delete(`/api/v1/sessions/${other.id}`)).status).toBe(204);
    expect((await there.get('/api/v1/sessions')).status).toBe(401);
    expect((await here.delete('/api/v1/sessions')).status).toBe(204);
    expect((await here.get('/api/v1/sessions')).status).toBe(401);
  });
});

describe('sign-in slows down', () => {
  test.each([
    ['account', 4, 0],
    ['account', 5, 1000],
    ['account', 6, 2000],
    ['account', 9, 16_000],
    ['account', 10, 30_000],
    ['account', 1000, 30_000],
    ['address', 29, 0],
    ['address', 30, 1000],
    ['address', 5000, 60_000],
  ] as const)('per %s after %i failures: %i ms', (kind, failures, ms) => {
    expect(waitAfter(signInRules[kind], failures)).toBe(ms);
  });

  test('for an account, whoever asks and from wherever, and lets the right password in after the wait', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    for (let n = 0; n < 5; n += 1) {
      expect((await signInAs(host, ada.email, 'wrong', `10.0.0.${n}`)).status).toBe(401);
    }
    const early = await signInAs(host, ada.email, ada.password, '10.9.9.9');
    expect(early.status).toBe(429);
    expect(early.headers.get('retry-after')).toBe('1');
    expect(await early.json()).toMatchObject({
      code: 'too_many_attempts',
      title: 'Too many attempts. Try again in 1 second.',
    });
    host.clock.advance(1000);
    expect((await signInAs(host, ada.email, ada.password, '10.9.9.9')).status).toBe(200);
    expect((await signInAs(host, ada.email, 'wrong', '10.9.9.9')).status).toBe(401);
  });

  test('for an address that tries many accounts, and for no other address', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    for (let n = 0; n < 30; n += 1) await signInAs(host, `user${n}@example.com`, 'wrong', '10.0.0.1');
    expect((await signInAs(host, ada.email, ada.password, '10.0.0.1')).status).toBe(429);
    expect((await signInAs(host, ada.email, ada.password, '10.0.0.2')).status).toBe(200);
  });

  test('also when all attempts come at once', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    const answers = await Promise.all(Array.from({ length: 20 }, () => signInAs(host, ada.email, 'wrong')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('and forgets after a quarter of an hour', async () => {
    const host = await createTestApp();
    const ada = await host.addUser('Ada');
    for (let n = 0; n < 5; n += 1) await signInAs(host, ada.email, 'wrong');
    host.clock.advance(15 * MINUTE_MS + 1);
    for (let n = 0; n < 5; n += 1) expect((await signInAs(host, ada.email, 'wrong')).status).toBe(401);
  });
});

describe('an address counts as', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s: %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test.each([
    ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::1', 'claimed, 203.0.113.9', '203.0.113.9'],
    ['127.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['127.0.0.1', '2001:db8::1', '2001:db8::1'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['203.0.113.5', '203.0.113.9', '203.0.113.5'],
    [undefined, '203.0.113.9', undefined],
  ])('connection %s with X-Forwarded-For %s: %s', (connection, header, address) => {
    expect(clientAddress(connection, header)).toBe(address);
  });
});
