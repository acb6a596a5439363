import { describe, expect, test } from 'vitest';
import { createTestApp, TestClient, type TestApp } from '../testing.ts';
import { prepareFirstStart } from './firstStart.ts';

const fragment = (url: string | null) => new URL(url ?? '').hash.slice(1);
const setupBody = (token: string) => ({
  token,
  teamName: 'Acme',
  name: 'Ada',
  email: 'ada@example.com',
  password: 'seven violins under the harbour',
});
const browserOf = (host: TestApp, response: Response) =>
  new TestClient(host.app, {
    origin: 'http://localhost:8080',
    cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '',
  });

describe('setup', () => {
  test('makes the first admin once, with the link of the newest start', async () => {
    const host = await createTestApp();
    expect(await (await host.anonymous.get('/api/v1/session')).json()).toMatchObject({ setup: 'needed' });
    const first = fragment(await prepareFirstStart(host.deps, null));
    const second = fragment(await prepareFirstStart(host.deps, null));
    expect(first).toMatch(/^culv_setup_/);
    expect((await host.anonymous.post('/api/v1/setup/check', { token: first })).status).toBe(404);
    expect((await host.anonymous.post('/api/v1/setup/check', { token: second })).status).toBe(204);

    const done = await host.anonymous.post('/api/v1/setup', setupBody(second));
    expect(done.status).toBe(201);
    const { teams } = await (await browserOf(host, done).get('/api/v1/session')).json();
    expect(teams).toMatchObject([{ name: 'Acme', role: 'admin' }]);
    expect((await host.anonymous.post('/api/v1/setup', setupBody(second))).status).toBe(404);
    expect(await prepareFirstStart(host.deps, null)).toBeNull();
  });

  test('has one winner when two people open the link at once', async () => {
    const host = await createTestApp();
    const token = fragment(await prepareFirstStart(host.deps, null));
    const answers = await Promise.all(
      ['ada', 'eve', 'bob'].map((name) =>
        host.anonymous.post('/api/v1/setup', { ...setupBody(token), name, email: `${name}@example.com` }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404, 404]);
    expect(await host.db.selectFrom('user').select('id').execute()).toHaveLength(1);
  });

  test('refuses a bad password without spending the link, and expires after a day', async () => {
    const host = await createTestApp();
    const token = fragment(await prepareFirstStart(host.deps, null));
    const weak = await host.anonymous.post('/api/v1/setup', {
      ...setupBody(token),
      password: 'password12345678',
    });
    expect(weak.status).toBe(422);
    expect(await weak.json()).toMatchObject({ errors: [{ path: 'password', code: 'password_common' }] });
    const short = await host.anonymous.post('/api/v1/setup', { ...setupBody(token), password: 'short' });
    expect(await short.json()).toMatchObject({
      errors: [{ path: 'password', code: 'too_small', message: 'Use at least 12 characters.' }],
    });
    host.clock.advance(86_400_000);
    expect((await host.anonymous.post('/api/v1/setup', setupBody(token))).status).toBe(404);
  });

  test('isn’t needed where the settings name the first admin', async () => {
    const host = await createTestApp();
    const admin = { email: 'root@example.com', password: 'seven violins under', token: 'x'.repeat(40) };
    expect(await prepareFirstStart(host.deps, admin)).toBeNull();
    expect(await prepareFirstStart(host.deps, { ...admin, password: 'another one entirely' })).toBeNull();
    const signedIn = await host.anonymous.post('/api/v1/session', {
      email: admin.email,
      password: admin.password,
    });
    expect(signedIn.status).toBe(200);
    const { teams } = await (await host.withApiToken(admin.token).get('/api/v1/session')).json();
    expect(teams).toMatchObject([{ role: 'admin' }]);
  });
});

async function inviting() {
  const host = await createTestApp();
  const team = await host.addTeam('Acme');
  const ada = await host.member('Ada', team.id, 'admin');
  const invite = async (body: { role: string; email?: string }) => {
    const { url } = await (await ada.client.post(`${team.path}/invitations`, body)).json();
    expect(url).toMatch(/^http:\/\/localhost:8080\/invitation#culv_invitation_[\w-]{43}$/);
    return fragment(url);
  };
  const accept = (token: string, account?: object, client = host.anonymous) =>
    client.post('/api/v1/invitations/accept', { token, ...(account ? { account } : {}) });
  return { ...host, host, team, ada, invite, accept };
}
const bob = { name: 'Bob', email: 'bob@example.com', password: 'nine kettles in the attic' };

describe('an invitation', () => {
  test('shows what it offers without being spent, and makes an account once', async () => {
    const { invite, accept, anonymous, host } = await inviting();
    const token = await invite({ role: 'member' });
    for (let n = 0; n < 2; n += 1) {
      const offer = await anonymous.post('/api/v1/invitations/lookup', { token });
      expect(await offer.json()).toMatchObject({
        team: 'Acme',
        role: 'member',
        email: null,
        invitedBy: 'Ada',
      });
    }
    const joined = await accept(token, bob);
    expect(joined.status).toBe(200);
    expect(await (await browserOf(host, joined).get('/api/v1/session')).json()).toMatchObject({
      user: { name: 'Bob' },
      teams: [{ name: 'Acme', role: 'member' }],
    });
    expect((await accept(token, { ...bob, email: 'eve@example.com' })).status).toBe(404);
    expect((await anonymous.post('/api/v1/invitations/lookup', { token })).status).toBe(404);
  });

  test('is accepted by somebody who is signed in, and isn’t spent by somebody who is in the team', async () => {
    const { invite, accept, addUser, signIn, ada } = await inviting();
    const token = await invite({ role: 'admin' });
    const eve = await addUser('Eve');
    const client = await signIn(eve.id);
    expect((await accept(token)).status).toBe(401);
    expect((await accept(token, undefined, ada.client)).status).toBe(409);
    const joined = await accept(token, undefined, client);
    expect(await joined.json()).toMatchObject({ user: { name: 'Eve' }, teams: [{ role: 'admin' }] });
  });

  test('made for an email is good for that email only', async () => {
    const { invite, accept, addUser, signIn } = await inviting();
    const token = await invite({ role: 'member', email: 'Bob@example.com' });
    const other = await accept(token, { ...bob, email: 'eve@example.com' });
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({
      errors: [{ path: 'account.email', code: 'email_not_invited', suggestion: 'bob@example.com' }],
    });
    const eve = await signIn((await addUser('Eve')).id);
    expect((await accept(token, undefined, eve)).status).toBe(409);
    expect((await accept(token, bob)).status).toBe(200);
  });

  test('for an email with an account says to sign in, and stays open', async () => {
    const { invite, accept, addUser, signIn } = await inviting();
    const token = await invite({ role: 'member' });
    const { id } = await addUser('Bob');
    const refused = await accept(token, bob);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'email_taken', errors: [{ path: 'account.email' }] });
    expect((await accept(token, undefined, await signIn(id))).status).toBe(200);
  });

  test('expires after a week, and at once when it is withdrawn or its sender is no admin any more', async () => {
    const { invite, accept, ada, team, clock, member } = await inviting();
    const withdrawn = await invite({ role: 'member' });
    const { items } = await (await ada.client.get(`${team.path}/invitations`)).json();
    await ada.client.delete(`${team.path}/invitations/${items[0].id}`);
    expect((await accept(withdrawn, bob)).status).toBe(404);

    const orphaned = await invite({ role: 'admin' });
    const carl = await member('Carl', team.id, 'admin');
    await carl.client.patch(`${team.path}/members/${ada.id}`, { role: 'member' });
    expect((await accept(orphaned, bob)).status).toBe(404);

    const made = await carl.client.post(`${team.path}/invitations`, { role: 'member' });
    const late = fragment((await made.json()).url);
    clock.advance(7 * 86_400_000);
    expect((await accept(late, bob)).status).toBe(404);
  });

  test('has one winner when two people accept at once', async () => {
    const { invite, accept } = await inviting();
    const token = await invite({ role: 'member' });
    const answers = await Promise.all([
      accept(token, bob),
      accept(token, { ...bob, email: 'eve@example.com' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
  });
});

describe('passwords', () => {
  test('a reset link sets a new one, ends all sessions and works once', async () => {
    const { host, ada, team, member } = await inviting();
    const carl = await member('Carl', team.id);
    const link = async () => {
      const made = await ada.client.post(`${team.path}/members/${carl.id}/reset-link`);
      return fragment((await made.json()).url);
    };
    const earlier = await link();
    const token = await link();
    const reset = (text: string) =>
      host.anonymous.post('/api/v1/password-resets/accept', {
        token: text,
        newPassword: 'eleven quiet lanterns',
      });
    expect((await reset(earlier)).status).toBe(404);
    const done = await reset(token);
    expect(done.status).toBe(200);
    expect(await (await browserOf(host, done).get('/api/v1/session')).json()).toMatchObject({
      user: { name: 'Carl' },
    });
    expect((await carl.client.get(team.path)).status).toBe(401);
    expect((await reset(token)).status).toBe(404);
    const old = await host.anonymous.post('/api/v1/session', { email: carl.email, password: carl.password });
    expect(old.status).toBe(401);
  });

  test('nobody resets the password of somebody who is in a team beyond their own', async () => {
    const { ada, team, host, member, addTeam, db } = await inviting();
    const carl = await member('Carl', team.id);
    const other = await addTeam('Other');
    await db
      .insertInto('member')
      .values({ team_id: other.id, user_id: carl.id, role: 'admin', joined_at: new Date(0).toISOString() })
      .execute();
    const refused = await ada.client.post(`${team.path}/members/${carl.id}/reset-link`);
    expect(refused.status).toBe(403);
    expect(await host.db.selectFrom('token').select('id').where('kind', '=', 'reset').execute()).toEqual([]);
  });

  test('a change needs the current one and signs out everywhere else', async () => {
    const { ada, signIn } = await inviting();
    const elsewhere = await signIn(ada.id);
    const change = (currentPassword: string, newPassword: string) =>
      ada.client.put('/api/v1/me/password', { currentPassword, newPassword });
    const wrong = await change('not the current one', 'eleven quiet lanterns');
    expect(await wrong.json()).toMatchObject({
      status: 422,
      errors: [{ path: 'currentPassword', code: 'wrong_password' }],
    });
    expect(await (await change(ada.password, 'ada.example.com')).json()).toMatchObject({
      errors: [{ path: 'newPassword', code: 'password_common' }],
    });
    expect((await change(ada.password, 'eleven quiet lanterns')).status).toBe(204);
    expect((await ada.client.get('/api/v1/sessions')).status).toBe(200);
    expect((await elsewhere.get('/api/v1/sessions')).status).toBe(401);
  });
});
