import { beforeEach, describe, expect, test } from 'vitest';
import { createSignInHost, mei, verified } from './testing/signInHost.ts';

let host: Awaited<ReturnType<typeof createSignInHost>>;
beforeEach(async () => {
  host = await createSignInHost({ admittedDomains: [] });
});

const problem = (code: string) => `/sign-in?problem=${code}`;
const invite = async (email: string | null = null, role = 'member') => {
  const response = await host.ada.client.post(`${host.team.path}/invitations`, { role, email });
  const { url }: { url: string } = await response.json();
  return new URL(url).hash.slice(1);
};

describe('an invitation', () => {
  test('says by which provider it can be accepted', async () => {
    const response = await host.anonymous.post('/api/v1/invitations/lookup', { token: await invite() });
    expect(await response.json()).toMatchObject({
      provider: { id: host.saved.id, name: 'Acme login' },
      passwordSignIn: true,
    });
  });

  test('is accepted by signing in at the provider, and is spent then', async () => {
    const invitation = await invite('mei@acme.example', 'admin');
    const browser = host.browser();
    expect(await browser.signIn(mei, { invitation })).toBe('/');
    expect((await browser.session()).teams).toMatchObject([{ id: host.team.id, role: 'admin' }]);
    const another = await host.start(host.anonymous, { invitation });
    expect([another.status, (await another.json()).code]).toEqual([404, 'link_invalid']);
  });

  test('made for another address is refused, and stays good', async () => {
    const invitation = await invite('jonas@acme.example');
    expect(await host.browser().signIn(mei, { invitation })).toBe(problem('invitation_for_another'));
    const jonas = { sub: 'jonas', idToken: verified('jonas@acme.example') };
    expect(await host.browser().signIn(jonas, { invitation })).toBe('/');
  });

  test('isn’t accepted with an address that isn’t verified', async () => {
    const invitation = await invite();
    const unsure = { sub: 'mei', idToken: { email: 'mei@acme.example' } };
    expect(await host.browser().signIn(unsure, { invitation })).toBe(problem('email_unverified'));
  });

  test('that was withdrawn meanwhile is refused', async () => {
    const invitation = await invite();
    const browser = host.browser();
    const back = host.provider.authorize(await browser.begin({ invitation }), mei);
    const { items } = await (await host.ada.client.get(`${host.team.path}/invitations`)).json();
    await host.ada.client.delete(`${host.team.path}/invitations/${items[0].id}`);
    expect(await browser.comeBack(back)).toBe(problem('invitation_invalid'));
  });

  test('of another team isn’t for this provider', async () => {
    const other = await host.addTeam('Other');
    const eve = await host.member('Eve', other.id, 'admin');
    const { url } = await (await eve.client.post(`${other.path}/invitations`, { role: 'member' })).json();
    const response = await host.start(host.anonymous, { invitation: new URL(url).hash.slice(1) });
    expect(response.status).toBe(404);
  });

  test('brings somebody back who was removed', async () => {
    const browser = host.browser();
    await browser.signIn(mei, { invitation: await invite() });
    const { user } = await browser.session();
    await host.ada.client.delete(`${host.team.path}/members/${user.id}`);
    const again = host.browser();
    expect(await again.signIn(mei, { invitation: await invite('mei@acme.example') })).toBe('/');
    expect((await again.session()).user.id).toBe(user.id);
  });

  test('accepted by the provider leaves an account without a password, which the account page says', async () => {
    const browser = host.browser();
    await browser.signIn(mei, { invitation: await invite() });
    const client = host.withSession(browser.jar.header.split('=')[1] ?? '');
    expect(await (await client.get('/api/v1/me/sign-in')).json()).toMatchObject({
      password: 'none',
      offered: [],
    });
    const change = { currentPassword: 'none', newPassword: 'a long way round the house' };
    const refused = await client.put('/api/v1/me/password', change);
    expect([refused.status, (await refused.json()).code]).toEqual([409, 'no_password']);
    const byPassword = await host.anonymous.post('/api/v1/session', {
      email: 'mei@acme.example',
      password: 'none',
    });
    expect([byPassword.status, (await byPassword.json()).code]).toEqual([401, 'wrong_credentials']);
  });
});

describe('linking', () => {
  const ways = async () => await (await host.ada.client.get('/api/v1/me/sign-in')).json();
  const atProvider = { sub: 'ada', idToken: verified('somebody@else.example') };

  test('adds the provider to the account that is signed in, by which it is entered from then on', async () => {
    expect(await ways()).toEqual({
      password: 'usable',
      identities: [],
      offered: [{ id: host.saved.id, name: 'Acme login', passwordSignIn: true }],
    });
    expect(await host.browser(host.ada.client).signIn(atProvider, { link: true })).toBe(
      '/account?linked=yes',
    );
    expect(await ways()).toMatchObject({
      identities: [
        { issuer: 'https://login.acme.example', provider: 'Acme login', email: 'somebody@else.example' },
      ],
      offered: [],
    });
    const browser = host.browser();
    await browser.signIn(atProvider);
    expect((await browser.session()).user.id).toBe(host.ada.id);
  });

  test('needs somebody who is signed in', async () => {
    expect((await host.start(host.anonymous, { link: true })).status).toBe(401);
  });

  test('needs a member of the provider’s team', async () => {
    const other = await host.addTeam('Other');
    const eve = await host.member('Eve', other.id, 'admin');
    expect((await host.start(eve.client, { link: true })).status).toBe(404);
    expect((await (await eve.client.get('/api/v1/me/sign-in')).json()).offered).toEqual([]);
  });

  test('stands in the activity, and isn’t done for who was removed meanwhile', async () => {
    await host.browser(host.ada.client).signIn(atProvider, { link: true });
    const { items } = await (await host.ada.client.get(`${host.team.path}/activity`)).json();
    expect(items[0].summary).toBe('Linked Acme login with their account.');
    const tom = await host.member('Tom', host.team.id);
    const other = await host.addTeam('Other');
    await host.db
      .insertInto('member')
      .values({ team_id: other.id, user_id: tom.id, role: 'member', joined_at: '2026-11-21T08:00:00.000Z' })
      .execute();
    const browser = host.browser(tom.client);
    const back = host.provider.authorize(await browser.begin({ link: true }), { sub: 'tom' });
    await host.ada.client.delete(`${host.team.path}/members/${tom.id}`);
    expect(await browser.comeBack(back)).toBe('/account?problem=not_member');
  });

  test('of an identity of somebody else is refused', async () => {
    await host.browser(host.ada.client).signIn(atProvider, { link: true });
    const tom = await host.member('Tom', host.team.id);
    expect(await host.browser(tom.client).signIn(atProvider, { link: true })).toBe(
      '/account?problem=identity_taken',
    );
  });

  test('isn’t done for who has signed in as somebody else meanwhile', async () => {
    const tom = await host.member('Tom', host.team.id);
    const browser = host.browser(host.ada.client);
    const back = host.provider.authorize(await browser.begin({ link: true }), atProvider);
    const headers = { cookie: `${tom.client.headers['cookie']}; ${browser.jar.header}` };
    const response = await host.anonymous.get(`${back.pathname}${back.search}`, { headers });
    expect(response.headers.get('location')).toBe('/account?problem=another_account');
    expect((await ways()).identities).toEqual([]);
  });

  test('can be undone, but not where it is the last way in', async () => {
    await host.browser(host.ada.client).signIn(atProvider, { link: true });
    const [{ id }] = (await ways()).identities;
    expect((await host.ada.client.delete('/api/v1/me/identities/idn_none')).status).toBe(404);
    await host.db.updateTable('user').set({ password_hash: 'none' }).where('id', '=', host.ada.id).execute();
    const refused = await host.ada.client.delete(`/api/v1/me/identities/${id}`);
    expect([refused.status, (await refused.json()).code]).toEqual([409, 'last_way_in']);
    await host.db
      .updateTable('user')
      .set({ password_hash: 'a hash' })
      .where('id', '=', host.ada.id)
      .execute();
    expect((await host.ada.client.delete(`/api/v1/me/identities/${id}`)).status).toBe(204);
    expect((await ways()).identities).toEqual([]);
  });
});
