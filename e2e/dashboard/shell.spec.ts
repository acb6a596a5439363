import { expect, test } from './fixtures.ts';

test('the keyboard opens the palette, which jumps to a VPN by a part of its name', async ({ page, open }) => {
  await open('/members');
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: 'Page, VPN or workspace' });
  await expect(field).toBeFocused();
  await field.fill('wareh');
  await expect(page.getByRole('option', { name: /Warehouse database/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /^warehouse-sync/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Warehouse database' })).toBeVisible();
});

test('the palette says when nothing matches, and Escape gives the focus back', async ({ page, open }) => {
  await open('/members');
  const button = page.getByRole('button', { name: /^Search and jump/ });
  await button.click();
  await page.getByRole('combobox', { name: 'Page, VPN or workspace' }).fill('nothing like it');
  await expect(page.getByText('Nothing matches “nothing like it”.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Page, VPN or workspace' })).toBeHidden();
  await expect(button).toBeFocused();
});

test('an address that leads nowhere says so', async ({ page, open }) => {
  await open('/nowhere');
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to your team' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
});

test('a team that isn’t one’s own can’t be told from one that isn’t there', async ({ page }) => {
  await page.goto('/teams/team_aaaaaaaaaaaaaaaaaaaa/vpns');
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
});

test('a VPN that is gone says so, in its place', async ({ page, open }) => {
  await open('/vpns/vpn_aaaaaaaaaaaaaaaaaaaa/overview');
  await expect(page.getByRole('main')).toContainText(/no such VPN|nothing at this address/i);
});

test('the title of the window names the page', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/overview');
  await expect(page).toHaveTitle(/Berlin office/);
});

test('the first stop of the Tab key skips to the page', async ({ page, open }) => {
  await open('/vpns');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.locator('body').press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('navigation is at the bottom, and nothing is wider than the screen', async ({ page, open }) => {
    await open('/vpns');
    const bar = page.getByRole('navigation', { name: 'Team pages' });
    await expect(bar).toBeVisible();
    await bar.getByRole('link', { name: 'Activity' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
    await bar.getByRole('link', { name: 'Ports' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Ports' })).toBeVisible();
    await bar.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Members' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
    await bar.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  });

  for (const path of [
    '/vpns',
    '/vpns/new',
    '/vpns/Berlin%20office/overview',
    '/vpns/Berlin%20office/workspaces',
    '/vpns/Berlin%20office/verify',
    '/workspaces',
    '/workspaces/billing-api/ports',
    '/workspaces/storefront/ports?ignored=shown',
    '/workspaces/billing-api/vpns',
    '/workspaces/billing-api/replicas',
    '/workspaces/billing-api/settings',
    '/ports',
    '/members',
    '/activity',
    '/settings',
  ])
    test(`${path} fits`, async ({ page, open }) => {
      await open(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });

  test('a card opens its VPN, and its menu works', async ({ page, open }) => {
    await open('/vpns');
    await page.getByText('198.51.100.20').tap();
    await expect(page.getByRole('heading', { level: 1, name: 'Berlin office' })).toBeVisible();
    await page.goBack();
    await page.getByRole('button', { name: 'Actions for Berlin office' }).tap();
    await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible();
  });
});
