import { password, people } from '../../mocks/world/people.ts';
import { expect, mock, test } from './fixtures.ts';

test.use({ scenario: 'api-tokens' });

test('a terminal is let in by the code that it shows, and its token can be revoked', async ({ page }) => {
  await page.goto('/device');
  const link = mock(page).links['device'] ?? '';
  const code = new URLSearchParams(link.slice(link.indexOf('?'))).get('code') ?? '';
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Code')).toHaveAccessibleDescription(
    'Enter the code that the terminal shows.',
  );
  await page.getByLabel('Code').fill('bcdf-ghjk');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/No machine waits with this code/);
  await page.getByLabel('Code').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(
    page.getByRole('heading', { level: 1, name: 'Sign in culvert on ada-workstation?' }),
  ).toBeVisible();
  await expect(page.getByText(code, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'culvert on ada-workstation is signed in' }),
  ).toBeVisible();
});

test('a terminal that one doesn’t know is refused, after signing in', async ({ page, context }) => {
  await context.clearCookies();
  const link = mock(page).links['device'] ?? '';
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await page.getByLabel('Email').fill(people.ada.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Refuse' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'culvert on ada-workstation was refused' }),
  ).toBeVisible();
});
