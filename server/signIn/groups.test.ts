import { beforeEach, expect, test } from 'vitest';
import { createSignInHost, verified } from './testing/signInHost.ts';

let host: Awaited<ReturnType<typeof createSignInHost>>;
beforeEach(async () => {
  host = await createSignInHost({ groupsClaim: 'groups', adminGroups: ['culvert-admins', 'network'] });
});

const meiIn = (groups: unknown) => ({
  sub: 'mei',
  idToken: verified('mei@acme.example', groups === undefined ? {} : { groups }),
});
const adaIn = (groups: unknown) => ({ sub: 'ada', idToken: { ...verified('ada@acme.example'), groups } });

/** Signs Mei in with these groups, and returns her role afterwards. */
async function roleWith(groups: unknown): Promise<string> {
  const browser = host.browser();
  await browser.signIn(meiIn(groups));
  return (await browser.session()).teams[0].role;
}
const roleOfAda = async () => (await (await host.ada.client.get('/api/v1/session')).json()).teams[0]?.role;

test('whoever is in one of the admin groups is an admin, all others are members, at each sign-in', async () => {
  expect(await roleWith(['staff', 'network'])).toBe('admin');
  expect(await roleWith(['staff'])).toBe('member');
  expect(await roleWith(['Culvert-Admins'])).toBe('member');
  expect(await roleWith('culvert-admins')).toBe('admin');
  expect(await roleWith([])).toBe('member');
});

test('a change of role ends the sessions that had the other one, and stands in the activity', async () => {
  const before = host.browser();
  await before.signIn(meiIn(['network']));
  host.clock.advance(1000);
  await host.browser().signIn(meiIn(['staff']));
  expect((await before.session()).user).toBeNull();
  const { items } = await (await host.ada.client.get(`${host.team.path}/activity`)).json();
  expect(items[0]).toMatchObject({
    action: 'member.role-changed',
    actor: { kind: 'system', name: 'Acme login' },
    summary: 'Made Mei Tanaka a member, as their groups say.',
  });
});

test('without the claim the role stays, and the settings warn until it comes again', async () => {
  expect(await roleWith(['network'])).toBe('admin');
  expect((await host.read()).provider?.groupsMissingSince).toBeNull();
  expect(await roleWith(undefined)).toBe('admin');
  const since = new Date(host.clock.now()).toISOString();
  expect((await host.read()).provider?.groupsMissingSince).toBe(since);
  expect(host.logLines.some(({ message }) => message === 'sign-in brought no groups: the role stays')).toBe(
    true,
  );
  host.clock.advance(60_000);
  await roleWith(undefined);
  expect((await host.read()).provider?.groupsMissingSince).toBe(since);
  await roleWith(['network']);
  expect((await host.read()).provider?.groupsMissingSince).toBeNull();
});

test('the last admin stays one', async () => {
  await host.browser(host.ada.client).signIn(adaIn([]), { link: true });
  expect(await roleOfAda()).toBe('admin');
  await host.browser().signIn(adaIn(['staff']));
  expect(await roleOfAda()).toBe('admin');
});

test('the local admin stays one, among others too', async () => {
  await host.member('Tom', host.team.id, 'admin');
  await host.browser(host.ada.client).signIn(adaIn(['network']), { link: true });
  await host.save({ passwordSignIn: false, localAdmin: host.ada.id });
  await host.browser().signIn(adaIn(['staff']));
  expect(await roleOfAda()).toBe('admin');
});

test('another admin steps down when their groups say so', async () => {
  await host.member('Tom', host.team.id, 'admin');
  const browser = host.browser(host.ada.client);
  expect(await browser.signIn(adaIn(['staff']), { link: true })).toBe('/account?linked=yes');
  const { role } = await host.db
    .selectFrom('member')
    .select('role')
    .where('user_id', '=', host.ada.id)
    .executeTakeFirstOrThrow();
  expect(role).toBe('member');
  // They go on with a new session in this browser.
  expect(browser.jar.names).toContain('__Host-Http-culvert-test');
});
