import { expect, test as base, type Page } from '@playwright/test';
import { password, people } from '../../mocks/world/people.ts';
import { watchConsole } from '../dashboard/watchConsole.ts';
import { serveDashboard } from './serve.ts';

/** The dashboard with the server in the page, as `npm run dev:mock` shows it. */
const test = base.extend<object, { url: string }>({
  url: [
    async ({}, use) => {
      const server = await serveDashboard();
      await use(server.url);
      await server.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ url }, use) => {
    await use(url);
  },
  page: async ({ page }, use) => {
    const errors = watchConsole(page);
    await use(page);
    expect(errors, 'errors in the console').toEqual([]);
  },
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const account = (page: Page, { name }: { name: string }) =>
  page.getByRole('button', { name: `Account: ${name}` });
const vpn = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('without anything else it shows a team at work, and what is changed is there until the next load', async ({
  page,
}) => {
  await page.goto('/');
  await expect(vpn(page, 'Company data center')).toBeVisible();
  await page.getByRole('button', { name: 'Actions for Staging gateway' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete VPN' }).click();
  await expect(vpn(page, 'Staging gateway')).toHaveCount(0);
  await page.reload();
  await expect(vpn(page, 'Staging gateway')).toBeVisible();
});

test('the address says the scenario, and the tab stays in it', async ({ page }) => {
  await page.goto('/?scenario=empty');
  const empty = page.getByRole('heading', { name: 'Connect your workspaces to a private network' });
  await expect(empty).toBeVisible();
  await page.goto('/');
  await expect(empty).toBeVisible();
});

test('so does a cookie', async ({ page, context, url }) => {
  await context.addCookies([{ name: 'culvert-scenario', value: 'setup', url }]);
  await page.goto('/sign-in');
  await page.waitForFunction(() => window.culvertMock !== undefined);
  const link = await page.evaluate(() => window.culvertMock?.links['setup']);
  await page.goto(link ?? '');
  await expect(page.getByRole('button', { name: 'Set up Culvert' })).toBeVisible();
});

test('the address says who is signed in', async ({ page }) => {
  await page.goto('/?as=jonas');
  await expect(account(page, people.jonas)).toBeVisible();
});

test('whoever signs in is signed in after a reload too, and whoever signs out is not', async ({ page }) => {
  await page.goto('/?as=nobody');
  await page.getByLabel('Email').fill(people.mei.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(account(page, people.mei)).toBeVisible();
  await page.reload();
  await account(page, people.mei).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await page.reload();
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('the address says what fails, for as long as the page is there', async ({ page }) => {
  await page.goto('/?__fault=status%3D503%26match%3D/vpns');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.goto('/');
  await expect(vpn(page, 'Company data center')).toBeVisible();
});

test('a cookie breaks connections until it is gone', async ({ page, context, url }) => {
  await context.addCookies([{ name: '__fault', value: encodeURIComponent('net=1&match=/vpns'), url }]);
  await page.goto('/');
  await expect(page.getByRole('alert')).toBeVisible();
  await context.clearCookies({ name: '__fault' });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(vpn(page, 'Company data center')).toBeVisible();
});

test('what happens outside the page is shown, also after the event stream was cut', async ({ page }) => {
  await page.goto('/');
  const row = vpn(page, 'Company data center');
  await expect(row).toContainText('12 up');
  const fail = (hostname: string) =>
    page.evaluate((name) => {
      window.culvertMock?.tunnelBecomes('Company data center', name, { diagnosis: 'psk_differs_v1' });
    }, hostname);
  await fail('search-1');
  await expect(row).toContainText('11 of 12 up');
  await page.evaluate(() => window.culvertMock?.cutStream());
  await fail('search-2');
  await page.evaluate(() => window.culvertMock?.mendStream());
  await expect(row).toContainText('10 of 12 up');
});
