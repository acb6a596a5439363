import { beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../tokens.ts';
import { createSignInHost, mei, verified } from './testing/signInHost.ts';

type Host = Awaited<ReturnType<typeof createSignInHost>>;
let host: Host;
beforeEach(async () => {
  host = await createSignInHost();
});

const problem = (code: string) => `/sign-in?problem=${code}`;
const accounts = async () => await host.db.selectFrom('user').select('email').orderBy('email').execute();
const everySession = async () =>
  await host.db.selectFrom('token').select('id').where('kind', '=', 'session').execute();

/** Comes back with this done to the address, and expects to be refused with nothing left behind. */
async function comesBackWith(change: (url: URL) => void): Promise<string> {
  const browser = host.browser();
  const back = host.provider.authorize(await browser.begin(), mei);
  change(back);
  const sessions = await everySession();
  const location = await browser.comeBack(back);
  expect(await everySession()).toEqual(sessions);
  expect(await accounts()).toHaveLength(1);
  expect((await browser.session()).user).toBeNull();
  return location;
}

test('somebody of an admitted domain gets an account, becomes a member, and is signed in', async () => {
  const browser = host.browser();
  expect(await browser.signIn(mei, { to: '/teams/x/ports?search=1' })).toBe('/teams/x/ports?search=1');
  expect(await browser.session()).toMatchObject({
    user: { email: 'mei@acme.example', name: 'Mei Tanaka' },
    teams: [{ id: host.team.id, role: 'member' }],
  });
  const { items } = await (await host.ada.client.get(`${host.team.path}/activity`)).json();
  expect(items[0]).toMatchObject({
    action: 'member.joined',
    summary: 'Joined the team as a member by Acme login.',
  });
});

test('the second time it is the same account, whatever address the provider says now', async () => {
  await host.browser().signIn(mei);
  const browser = host.browser();
  expect(await browser.signIn({ sub: 'mei', idToken: verified('mei.tanaka@else.example') })).toBe('/');
  expect((await browser.session()).user.email).toBe('mei@acme.example');
  expect(await accounts()).toHaveLength(2);
});

test('what the id token leaves out comes from the userinfo endpoint', async () => {
  const browser = host.browser();
  expect(await browser.signIn({ sub: 'mei', userInfo: verified('mei@acme.example') })).toBe('/');
  expect((await browser.session()).user.name).toBe('Mei Tanaka');
});

test('the browser is sent to the provider with the code flow, PKCE, state and nonce, and no secret', async () => {
  const browser = host.browser();
  const url = new URL(await browser.begin({ to: '/teams/x' }));
  expect(`${url.origin}${url.pathname}`).toBe('https://login.acme.example/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'culvert',
    response_type: 'code',
    redirect_uri: 'http://localhost:8080/api/v1/sign-in/callback',
    scope: 'openid email profile',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
});

test('the cookie of a sign-in is out of reach of scripts, and gone afterwards', async () => {
  const response = await host.start(host.anonymous, {});
  const [cookie] = response.headers.getSetCookie();
  expect(cookie).toMatch(
    /^__Host-Http-culvert-test-sign-in-[\w-]{16}=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  const browser = host.browser();
  await browser.signIn(mei);
  expect(browser.jar.names).toEqual(['__Host-Http-culvert-test']);
});

test('a link leads to the provider, too', async () => {
  const response = await host.anonymous.get(`/api/v1/sign-in/${host.saved.id}/start?to=/account`);
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toMatch(/^https:\/\/login\.acme\.example\/authorize\?/);
});

test('two tabs sign in at once without ending each other’s', async () => {
  const browser = host.browser();
  const [first, second] = [await browser.begin({ to: '/a' }), await browser.begin({ to: '/b' })];
  expect(await browser.comeBack(host.provider.authorize(first, mei))).toBe('/a');
  expect(await browser.comeBack(host.provider.authorize(second, mei))).toBe('/b');
});

describe('an answer that isn’t the one to what was asked signs nobody in', () => {
  test.each([
    ['a wrong state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43)), problem('start_again')],
    ['no state', (url: URL) => url.searchParams.delete('state'), problem('start_again')],
    [
      'another issuer',
      (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
      problem('provider_refused'),
    ],
    ['no issuer', (url: URL) => url.searchParams.delete('iss'), problem('provider_refused')],
    ['another code', (url: URL) => url.searchParams.set('code', 'guessed'), problem('start_again')],
    ['no code', (url: URL) => url.searchParams.delete('code'), problem('provider_refused')],
    ['two states', (url: URL) => url.searchParams.append('state', 'another'), problem('provider_refused')],
  ])('%s', async (_what, change, location) => {
    expect(await comesBackWith(change)).toBe(location);
  });

  test.each([
    ['a wrong nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer in the id token', { iss: 'https://evil.example' }],
    ['another client’s id token', { aud: 'another-client' }],
    ['an id token that has expired', { exp: 1 }],
    ['an id token without a subject', { sub: undefined }],
  ])('%s', async (_what, claims) => {
    host.provider.misbehave({ claims });
    expect(await comesBackWith(() => {})).toBe(problem('provider_refused'));
  });

  test('an id token that another key signed', async () => {
    host.provider.misbehave({ strangeKey: true });
    expect(await comesBackWith(() => {})).toBe(problem('provider_refused'));
  });

  test('a verifier that isn’t the one of the challenge', async () => {
    const browser = host.browser();
    const address = new URL(await browser.begin());
    address.searchParams.set('code_challenge', 'x'.repeat(43));
    expect(await browser.comeBack(host.provider.authorize(address.href, mei))).toBe(problem('start_again'));
    expect(await accounts()).toHaveLength(1);
  });

  test('the answer of another browser', async () => {
    const back = host.provider.authorize(await host.browser().begin(), mei);
    expect(await host.browser().comeBack(back)).toBe(problem('start_again'));
  });

  test('the same answer a second time', async () => {
    const browser = host.browser();
    const back = host.provider.authorize(await browser.begin(), mei);
    const cookies = browser.jar.header;
    expect(await browser.comeBack(back)).toBe('/');
    const again = await host.anonymous.get(`${back.pathname}${back.search}`, {
      headers: { cookie: cookies },
    });
    expect(again.headers.get('location')).toBe(problem('start_again'));
  });

  test('the same code a second time, in a flow of its own', async () => {
    const browser = host.browser();
    const first = host.provider.authorize(await browser.begin(), mei);
    await browser.comeBack(first);
    const second = host.provider.authorize(await browser.begin(), mei);
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    expect(await browser.comeBack(second)).toBe(problem('start_again'));
  });

  test('an answer after ten minutes', async () => {
    const browser = host.browser();
    const back = host.provider.authorize(await browser.begin(), mei);
    host.clock.advance(10 * 60_000);
    expect(await browser.comeBack(back)).toBe(problem('start_again'));
  });
});

describe('who isn’t let in is told why', () => {
  test('cancelled at the provider', async () => {
    const location = await comesBackWith((url) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
    });
    expect(location).toBe(problem('cancelled'));
  });

  test('refused by the provider for a reason of its own, which stands in the log', async () => {
    const location = await comesBackWith((url) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'invalid_scope');
    });
    expect(location).toBe(problem('provider_refused'));
    expect(host.logLines.at(-1)).toMatchObject({ level: 'warn', fields: { reason: 'invalid_scope' } });
  });

  test.each([
    [
      'an address that isn’t verified',
      { email: 'mei@acme.example', email_verified: false },
      'email_unverified',
    ],
    ['an address of which nothing is said', { email: 'mei@acme.example' }, 'email_unverified'],
    ['no address', { name: 'Mei' }, 'email_missing'],
    ['a domain that isn’t admitted', verified('mei@else.example'), 'not_admitted'],
  ])('%s', async (_what, idToken, code) => {
    const browser = host.browser();
    expect(await browser.signIn({ sub: 'mei', idToken })).toBe(problem(code));
    expect(await accounts()).toHaveLength(1);
  });

  test('the address of an account that is there, which isn’t touched: signing in leads to where it can be linked', async () => {
    await host.db.updateTable('user').set({ email: 'ada@acme.example' }).execute();
    const browser = host.browser();
    const thief = { sub: 'thief', idToken: verified('ada@acme.example') };
    expect(await browser.signIn(thief)).toBe('/sign-in?problem=email_taken&to=%2Faccount');
    expect(await host.db.selectFrom('user_identity').selectAll().execute()).toEqual([]);
    expect((await browser.session()).user).toBeNull();
  });

  test('a client secret that the provider doesn’t know', async () => {
    await host.save({ clientSecret: 'an older one' });
    expect(await comesBackWith(() => {})).toBe(problem('client_refused'));
    expect(JSON.stringify(host.logLines)).not.toContain('an older one');
  });

  test('a provider that can’t be reached any more', async () => {
    const browser = host.browser();
    const back = host.provider.authorize(await browser.begin(), mei);
    host.provider.misbehave({ away: 'It refuses the connection.' });
    expect(await browser.comeBack(back)).toBe(problem('provider_unreachable'));
    expect(host.logLines.at(-1)?.fields).toMatchObject({ reason: 'It refuses the connection.' });
  });

  test('a provider that can’t be reached at the start', async () => {
    host.clock.advance(11 * 60_000);
    host.provider.misbehave({ away: 'It refuses the connection.' });
    const response = await host.start(host.anonymous, {});
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: 'provider_unreachable',
      title: /^Acme login can’t be used/,
    });
    const byLink = await host.anonymous.get(`/api/v1/sign-in/${host.saved.id}/start`);
    expect(byLink.headers.get('location')).toBe('/sign-in?problem=provider_unreachable&to=%2F');
  });

  test('a provider that was turned off meanwhile', async () => {
    const browser = host.browser();
    const back = host.provider.authorize(await browser.begin(), mei);
    await host.save({ enabled: false });
    expect(await browser.comeBack(back)).toBe(problem('provider_off'));
    expect((await host.start(host.anonymous, {})).status).toBe(404);
  });

  test('somebody who was removed from the team, although their domain is admitted', async () => {
    const browser = host.browser();
    await browser.signIn(mei);
    const { user } = await browser.session();
    await host.ada.client.delete(`${host.team.path}/members/${user.id}`);
    expect(await host.browser().signIn(mei)).toBe(problem('not_member'));
  });
});

describe('an address to go on to stays on this site', () => {
  test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/sign-in?to=/'])(
    '%s',
    async (to) => {
      expect(await host.browser().signIn(mei, { to })).toBe('/');
    },
  );
});

test('another site can’t begin a sign-in with an invitation or a link', async () => {
  const headers = { origin: 'https://evil.example' };
  const response = await host.anonymous.post(`/api/v1/sign-in/${host.saved.id}/start`, {}, { headers });
  expect(response.status).toBe(403);
});

test('what is kept of a sign-in on its way is hashed or sealed', async () => {
  const response = await host.start(host.anonymous, {});
  const key = /=([\w-]{43});/.exec(response.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
  const row = await host.db.selectFrom('sign_in_flow').selectAll().executeTakeFirstOrThrow();
  expect(row.cookie_hash).toBe(await sha256Hex(key));
  expect(row.verifier_sealed).not.toMatch(/^[\w-]{43}$/);
});

test('flows that were left are deleted by the next one', async () => {
  await host.start(host.anonymous, {});
  host.clock.advance(11 * 60_000);
  await host.start(host.anonymous, {});
  expect(await host.db.selectFrom('sign_in_flow').selectAll().execute()).toHaveLength(1);
});

test('the provider is asked for its document and its keys once in ten minutes, not at each sign-in', async () => {
  host.provider.asked.length = 0;
  for (const sub of ['a', 'b', 'c']) {
    await host.browser().signIn({ sub, idToken: verified(`${sub}@acme.example`) });
  }
  const asked = (end: string) => host.provider.asked.filter((url) => url.endsWith(end)).length;
  expect([asked('openid-configuration'), asked('/keys'), asked('/token')]).toEqual([1, 1, 3]);
});
