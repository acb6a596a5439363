import { password } from '../../mocks/world/people.ts';
import { expect, test } from './fixtures.ts';

test('the name is changed, and shows everywhere', async ({ page }) => {
  await page.goto('/account');
  await page.getByLabel('Name', { exact: true }).fill('Ada B.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your name is saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Account: Ada B.' })).toBeVisible();
});

test('the password is changed, with the right old one only', async ({ page }) => {
  await page.goto('/account');
  const current = page.getByLabel('Current password', { exact: true });
  await current.fill('not the password');
  await page.getByLabel('New password', { exact: true }).fill('another long way round');
  await page.getByRole('button', { name: /Change password/ }).click();
  await expect(current).toHaveAttribute('aria-invalid', 'true');
  await current.fill(password);
  await page.getByRole('button', { name: /Change password/ }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
});

test('signing out leads to the sign-in page, and a reload stays there', async ({ page, open }) => {
  await open('/vpns');
  await page.getByRole('button', { name: 'Account: Ada Brandt' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('signing out everywhere asks first', async ({ page }) => {
  await page.goto('/account');
  const browsers = page.getByRole('region', { name: 'Browsers' });
  await browsers.getByRole('button', { name: 'Sign out everywhere' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out everywhere?' });
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('the theme is chosen, and kept', async ({ page }) => {
  await page.goto('/account');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(background).toBe('rgb(15, 18, 19)');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  expect(await background()).toBe('rgb(15, 18, 19)');
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(background).toBe('rgb(246, 246, 243)');
});

test.describe('on a dark system', () => {
  test.use({ colorScheme: 'dark' });
  test('the dashboard is dark by itself', async ({ page }) => {
    await page.goto('/account');
    await expect(page.getByRole('radio', { name: 'Like the system' })).toBeChecked();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(15, 18, 19)',
    );
  });
});
