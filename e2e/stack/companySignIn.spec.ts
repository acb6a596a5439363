import type { Page } from '@playwright/test';
import type { Tampering } from './oidcPeople.ts';
import { admin } from './pages.ts';
import { clientSecret, expect, signInAtProvider, test } from './signInFixtures.ts';

/*
 * A real provider, its own pages, and Chromium between both. The first test sets it up, as an admin does; the others sign in.
 */
test.describe.configure({ mode: 'serial' });

const withProvider = (page: Page) => page.getByRole('button', { name: 'Sign in with Acme login' });
const alert = (page: Page) => page.getByRole('alert');

/** Leaves for the provider and signs in there. */
async function comeAs(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await withProvider(page).click();
  await signInAtProvider(page, name);
}

const nobody = async (page: Page) => {
  const { user }: { user: unknown } = await (await page.request.get('/api/v1/session')).json();
  expect(user).toBeNull();
};

test('an admin tests a provider, sets it up, and links it with their own account', async ({
  adminPage: page,
  login,
}) => {
  await page.goto(`${login.team.replace('/api/v1', '')}/settings/sign-in`);
  await page.getByRole('button', { name: 'Set up a provider' }).click();
  await page.getByLabel('Name').fill('Acme login');
  await page.getByLabel('Issuer').fill(login.provider.issuer);
  await page.getByLabel('Client id').fill('culvert');
  await page.getByLabel('Client secret', { exact: true }).fill('an older secret');
  const result = page.getByRole('region', { name: 'Test of the settings' });
  const tests = page.getByRole('button', { name: 'Test these settings' });
  await tests.click();
  await expect(result).toContainText('Client id and secret: failed');
  await page.getByLabel('Client secret', { exact: true }).fill(clientSecret);
  await tests.click();
  await expect(result).toContainText('The provider is as it should be');
  await expect(result).toContainText('Redirect address: in order');
  await page.getByRole('textbox', { name: 'Admitted domains' }).fill('acme.example');
  await page.getByRole('textbox', { name: 'Admitted domains' }).press('Enter');
  await page.getByRole('button', { name: 'Set up sign-in' }).click();
  await expect(page.getByText('Acme login: saved.')).toBeVisible();

  await page.goto('/account');
  await page.getByRole('button', { name: 'Link Acme login' }).click();
  await signInAtProvider(page, 'ada');
  await expect(page.getByText('The provider is linked.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Linked providers' })).toContainText('ada.b@acme.example');
});

test('somebody of an admitted domain gets in, to where they were going', async ({ freshPage, login }) => {
  const page = await freshPage();
  await page.goto(`${login.team.replace('/api/v1', '')}/members`);
  await withProvider(page).click();
  await signInAtProvider(page, 'mei');
  // Of the team they are a member only now: where they were going is theirs.
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Members' })).toContainText('mei@acme.example');
  await page.goto('/account');
  await expect(page.getByText('This account has no password')).toBeVisible();
});

test('an account that was linked is entered by its identity, whatever its address at the provider', async ({
  freshPage,
}) => {
  const page = await freshPage();
  await comeAs(page, 'ada');
  await expect(page).toHaveURL(/\/teams\//);
  const { user }: { user: { email: string } } = await (await page.request.get('/api/v1/session')).json();
  expect(user.email).toBe(admin.email);
});

for (const [who, text] of [
  ['unsure', /doesn’t say that your email address is verified/],
  ['outsider', /your email’s domain isn’t admitted/],
  ['namesake', /There is an account with this email already/],
] as const)
  test(`${who} is refused, and told what to do`, async ({ freshPage }) => {
    const page = await freshPage();
    await comeAs(page, who);
    await expect(alert(page)).toHaveText(text);
    await nobody(page);
  });

test('cancelling at the provider leads back, with nothing done', async ({ freshPage }) => {
  const page = await freshPage();
  await page.goto('/sign-in');
  await withProvider(page).click();
  await page.getByRole('link', { name: '[ Cancel ]' }).click();
  await expect(page.getByText('You cancelled at the provider.')).toBeVisible();
  await nobody(page);
});

const startAgain = /took too long, or wasn’t begun in this browser/;
const refused = /The provider refused, or its answer can’t be right/;
const tamperings: [string, Tampering, RegExp][] = [
  ['a wrong state', { callback: { state: 'x'.repeat(43) } }, startAgain],
  ['no state', { callback: { state: null } }, startAgain],
  ['another issuer', { callback: { iss: 'https://evil.example' } }, refused],
  ['no issuer', { callback: { iss: null } }, refused],
  ['a made-up code', { callback: { code: 'guessed' } }, startAgain],
  ['another nonce', { authorize: { nonce: 'x'.repeat(43) } }, refused],
  ['no nonce', { authorize: { nonce: null } }, refused],
  ['another challenge', { authorize: { code_challenge: 'x'.repeat(43) } }, startAgain],
];
test('somebody in between who changes what comes and goes signs nobody in', async ({ freshPage, login }) => {
  const page = await freshPage();
  await comeAs(page, 'mei');
  await expect(page).toHaveURL(/\/teams\//);
  const headers = { origin: login.server.url };
  await page.request.delete('/api/v1/session', { headers });
  // At the provider this browser stays signed in: it comes back at once.
  for (const [what, tampering, text] of tamperings) {
    await test.step(what, async () => {
      await login.provider.tamper(tampering);
      await page.goto('/sign-in');
      await withProvider(page).click();
      await expect(alert(page)).toHaveText(text);
      await nobody(page);
    });
  }
  await login.provider.tamper({});
});

test('an answer is good once, and its code in no other sign-in', async ({ freshPage, login }) => {
  const page = await freshPage();
  const answers: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/sign-in/callback?')) answers.push(request.url());
  });
  await comeAs(page, 'mei');
  await expect(page).toHaveURL(/\/teams\//);
  const [answer = ''] = answers;
  const headers = { origin: login.server.url };
  await page.request.delete('/api/v1/session', { headers });
  await page.goto(answer);
  await expect(alert(page)).toHaveText(startAgain);

  await login.provider.tamper({ callback: { code: new URL(answer).searchParams.get('code') } });
  const another = await freshPage();
  await comeAs(another, 'mei');
  await expect(alert(another)).toHaveText(startAgain);
  await nobody(another);
  await login.provider.tamper({});
});

test('a secret that the provider doesn’t know is said, and stands in the log without it', async ({
  adminPage,
  freshPage,
  login,
}) => {
  await login.save(adminPage, { clientSecret: 'an older secret' });
  const page = await freshPage();
  await comeAs(page, 'mei');
  await expect(alert(page)).toHaveText(/doesn’t accept this server’s client id or secret any more/);
  await nobody(page);
  expect(login.server.output).toContain('client_refused');
  expect(login.server.output).not.toContain('an older secret');
  await login.save(adminPage, { clientSecret });
});

test('an invitation is accepted with the provider, whatever the domain', async ({
  adminPage,
  freshPage,
  login,
}) => {
  const headers = { origin: login.server.url };
  const data = { role: 'member', email: 'otto@elsewhere.example' };
  const sent = await adminPage.request.post(`${login.team}/invitations`, { data, headers });
  const { url }: { url: string } = await sent.json();
  const page = await freshPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Join with Acme login' }).click();
  await signInAtProvider(page, 'outsider');
  await expect(page).toHaveURL(/\/teams\//);
});

test('groups give the role', async ({ adminPage, freshPage, login }) => {
  const terms = {
    groupsClaim: 'groups',
    adminGroups: ['culvert-admins'],
    scopes: 'openid email profile groups',
  };
  await login.save(adminPage, terms);
  const roleOf = async (name: string) => {
    const page = await freshPage();
    await comeAs(page, name);
    await expect(page).toHaveURL(/\/teams\//);
    const { teams }: { teams: { role: string }[] } = await (await page.request.get('/api/v1/session')).json();
    return teams[0]?.role;
  };
  expect([await roleOf('network'), await roleOf('mei')]).toEqual(['admin', 'member']);
});

test('with passwords off the sign-in page says so, and the local admin gets in by theirs', async ({
  adminPage,
  freshPage,
  login,
}) => {
  await adminPage.goto(`${login.team.replace('/api/v1', '')}/settings/sign-in`);
  await adminPage.getByRole('switch', { name: 'Sign in by password' }).uncheck();
  await adminPage.getByLabel('Local admin').selectOption({ label: 'ada' });
  await adminPage.getByRole('button', { name: 'Save sign-in' }).click();
  await expect(adminPage.getByText('Acme login: saved.')).toBeVisible();

  const page = await freshPage();
  await page.goto('/sign-in');
  await expect(page.getByText('passwords are turned off')).toBeVisible();
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/teams\//);
});

test('a provider that is down is said at once, and the local admin still gets in', async ({
  freshPage,
  login,
}) => {
  await login.provider.stop();
  // What the provider says of itself is kept for a while: a server that has just started asks.
  await login.server.stop();
  await login.server.start();
  const page = await freshPage();
  await page.goto('/sign-in');
  await withProvider(page).click();
  await expect(alert(page)).toContainText('Acme login can’t be used to sign in right now.');
  expect(login.server.output).toContain('it refuses the connection');
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/teams\//);
});
