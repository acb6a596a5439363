import { beforeEach, expect, test } from 'vitest';
import { noteProof } from './proof.ts';
import { findProvider } from './providerRows.ts';
import { createSignInHost, mei, verified } from './testing/signInHost.ts';

type Host = Awaited<ReturnType<typeof createSignInHost>>;
let host: Host;
let tom: Awaited<ReturnType<Host['member']>>;
beforeEach(async () => {
  host = await createSignInHost();
  tom = await host.member('Tom', host.team.id, 'admin');
});

const refusals = async (response: Response) => {
  const { errors } = await response.json();
  return [
    response.status,
    errors?.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`),
  ];
};
const proveIt = () =>
  host.browser(tom.client).signIn({ sub: 'tom', idToken: verified('tom@acme.example') }, { link: true });
const turnOff = () => host.save({ passwordSignIn: false, localAdmin: host.ada.id });
const byPassword = ({ email, password }: { email: string; password: string }) =>
  host.anonymous.post('/api/v1/session', { email, password });

test('passwords can’t be turned off before an admin has come by the provider', async () => {
  expect(await refusals(await turnOff())).toEqual([422, ['passwordSignIn provider_unproven']]);
  expect((await host.read()).provider?.adminSignedIn).toBe(false);
  await proveIt();
  expect((await host.read()).provider?.adminSignedIn).toBe(true);
  expect((await turnOff()).status).toBe(200);
});

test('passwords can’t be turned off by a member’s sign-in', async () => {
  await host.browser().signIn(mei);
  expect(await refusals(await turnOff())).toEqual([422, ['passwordSignIn provider_unproven']]);
});

test.each([
  ['without a local admin', () => ({ localAdmin: null }), 'localAdmin local_admin_missing'],
  ['with a provider that is off', () => ({ enabled: false }), 'passwordSignIn provider_off'],
  [
    'with an issuer that nobody came by',
    () => ({ issuer: 'https://b.example', clientSecret: 'b' }),
    'passwordSignIn client_unproven',
  ],
  ['together with another client id', () => ({ clientId: 'b' }), 'passwordSignIn client_unproven'],
  ['together with another secret', () => ({ clientSecret: 'mistyped' }), 'passwordSignIn client_unproven'],
])('passwords can’t be turned off %s', async (_how, changes, expected) => {
  await proveIt();
  const response = await host.save({ passwordSignIn: false, localAdmin: host.ada.id, ...changes() });
  expect(await refusals(response)).toEqual([422, [expected]]);
});

test.each([
  ['client id', { clientId: 'another' }],
  ['secret', { clientSecret: 'mistyped' }],
])('who came before the %s was changed has shown nothing of what is there now', async (_what, changes) => {
  await proveIt();
  expect((await host.save(changes)).status).toBe(200);
  expect((await host.read()).provider?.adminSignedIn).toBe(false);
  expect(await refusals(await turnOff())).toEqual([422, ['passwordSignIn provider_unproven']]);
});

test('who came while the client was being changed has shown nothing of the new one', async () => {
  const before = await findProvider(host.db, host.team.id);
  await host.save({ clientId: 'another' });
  if (!before) throw new Error('The team has a provider.');
  expect(await noteProof(host.db, before, tom.id, '2026-11-21T08:00:00.000Z')).toBe(false);
  expect((await host.read()).provider?.adminSignedIn).toBe(false);
});

test('with passwords off its client can’t be changed, but all else', async () => {
  await proveIt();
  await turnOff();
  expect((await host.save({ name: 'Acme' })).status).toBe(200);
  const rotated = { clientSecret: 'the next' };
  expect(await refusals(await host.save(rotated))).toEqual([422, ['passwordSignIn client_unproven']]);
  expect((await host.save({ ...rotated, passwordSignIn: true })).status).toBe(200);
});

test('the local admin is an admin of the team who has a password', async () => {
  await proveIt();
  const member = await host.member('Jonas', host.team.id);
  const save = async (localAdmin: string) =>
    await refusals(await host.save({ passwordSignIn: false, localAdmin }));
  expect(await save(member.id)).toEqual([422, ['localAdmin not_an_admin']]);
  expect(await save('user_nobody')).toEqual([422, ['localAdmin not_an_admin']]);
  await host.db.updateTable('user').set({ password_hash: 'none' }).where('id', '=', tom.id).execute();
  expect(await save(tom.id)).toEqual([422, ['localAdmin no_password']]);
});

test('who is in the team is refused with the words of a wrong password, but for the local admin', async () => {
  const other = await host.addTeam('Other');
  const eve = await host.addUser('Eve', [{ id: other.id, role: 'member' }]);
  await proveIt();
  await turnOff();
  const refused = await byPassword(tom);
  const wrong = await byPassword({ ...tom, password: 'not the password' });
  const withoutId = async (response: Response) => ({ ...(await response.json()), requestId: '' });
  expect(await withoutId(refused)).toEqual(await withoutId(wrong));
  expect(refused.status).toBe(401);
  expect((await byPassword(host.ada)).status).toBe(200);
  expect((await byPassword(eve)).status).toBe(200);
  const { items } = await (await host.anonymous.get('/api/v1/sign-in/providers')).json();
  expect(items).toEqual([{ id: host.saved.id, name: 'Acme login', passwordSignIn: false }]);
});

test('no link gets around it: no password link, no account with a password', async () => {
  await proveIt();
  const early = await host.ada.client.post(`${host.team.path}/members/${tom.id}/reset-link`);
  const { url } = await early.json();
  await turnOff();
  const code = async (response: Response) => [response.status, (await response.json()).code];
  const used = { token: new URL(url).hash.slice(1), newPassword: 'a long way round the house' };
  expect(await code(await host.anonymous.post('/api/v1/password-resets/accept', used))).toEqual([
    409,
    'passwords_off',
  ]);
  const late = await host.ada.client.post(`${host.team.path}/members/${tom.id}/reset-link`);
  expect(await code(late)).toEqual([409, 'passwords_off']);

  const invitation = await (
    await host.ada.client.post(`${host.team.path}/invitations`, { role: 'member' })
  ).json();
  const token = new URL(invitation.url).hash.slice(1);
  const offer = await (await host.anonymous.post('/api/v1/invitations/lookup', { token })).json();
  expect(offer.passwordSignIn).toBe(false);
  const account = { name: 'Jonas', email: 'jonas@acme.example', password: 'a long way round the house' };
  expect(await code(await host.anonymous.post('/api/v1/invitations/accept', { token, account }))).toEqual([
    409,
    'passwords_off',
  ]);
  expect(await host.browser().signIn(mei, { invitation: token })).toBe('/');
});

test('the local admin can be given a new password, and neither leaves nor steps down', async () => {
  await proveIt();
  await turnOff();
  const path = `${host.team.path}/members/${host.ada.id}`;
  expect((await tom.client.post(`${path}/reset-link`)).status).toBe(201);
  const down = await tom.client.patch(path, { role: 'member' });
  expect([down.status, (await down.json()).code]).toEqual([409, 'local_admin']);
  expect((await tom.client.delete(path)).status).toBe(409);
  await host.save({ localAdmin: null, passwordSignIn: true });
  expect((await tom.client.delete(path)).status).toBe(204);
});

test.each([
  ['turned off', () => host.save({ enabled: false, passwordSignIn: true })],
  ['removed', () => host.ada.client.delete(`${host.team.path}/sign-in-provider`, { ifMatch: '*' })],
])('passwords are good again once the provider is %s', async (_how, act) => {
  await proveIt();
  await turnOff();
  expect((await byPassword(tom)).status).toBe(401);
  expect((await act()).status).toBeLessThan(300);
  expect((await byPassword(tom)).status).toBe(200);
});

test('a member who hasn’t linked yet gets in by an invitation to their address, which adds the provider to their account', async () => {
  const jonas = await host.addUser('Jonas', [{ id: host.team.id, role: 'member' }]);
  await proveIt();
  await turnOff();
  expect((await host.read()).provider?.unlinkedMembers).toBe(1);
  const atProvider = { sub: 'jonas', idToken: verified(jonas.email) };
  expect(await host.browser().signIn(atProvider)).toBe('/sign-in?problem=email_taken&to=%2Faccount');
  const sent = await host.ada.client.post(`${host.team.path}/invitations`, {
    role: 'admin',
    email: jonas.email,
  });
  const { url } = await sent.json();
  const browser = host.browser();
  expect(await browser.signIn(atProvider, { invitation: new URL(url).hash.slice(1) })).toBe('/');
  // It changes no role.
  expect(await browser.session()).toMatchObject({ user: { id: jonas.id }, teams: [{ role: 'member' }] });
  expect((await host.read()).provider?.unlinkedMembers).toBe(0);
});

test('an invitation doesn’t lead into the account of somebody who is in another team, too', async () => {
  const other = await host.addTeam('Other');
  const eve = await host.addUser('Eve', [{ id: other.id, role: 'admin' }]);
  const sent = await host.ada.client.post(`${host.team.path}/invitations`, {
    role: 'member',
    email: eve.email,
  });
  const { url } = await sent.json();
  const browser = host.browser();
  const location = await browser.signIn(
    { sub: 'not-eve', idToken: verified(eve.email) },
    { invitation: new URL(url).hash.slice(1) },
  );
  expect(location).toBe('/sign-in?problem=email_taken&to=%2Faccount');
  expect((await browser.session()).user).toBeNull();
});
