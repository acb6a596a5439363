import type { Page } from '@playwright/test';
import { people } from '../../mocks/world/people.ts';
import { expect, mock, test } from './fixtures.ts';

const newPassword = 'seven bridges over one river';

/** Follows a link that the scenario made. */
async function follow(page: Page, name: string): Promise<void> {
  const link = mock(page).links[name] ?? '';
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test.describe('the setup link', () => {
  test.use({ scenario: 'setup' });

  test('makes the first admin and the team', async ({ page }) => {
    await follow(page, 'setup');
    await expect(page).toHaveTitle('Set up Culvert · Culvert');
    await page.getByLabel('Team').fill('Network group');
    await page.getByLabel('Your name').fill('Grace Okafor');
    await page.getByLabel('Email').fill('grace@example.com');
    await page.getByLabel('Password', { exact: true }).fill(newPassword);
    await page.getByRole('button', { name: 'Set up Culvert' }).click();
    await expect(
      page.getByRole('heading', { name: 'Connect your workspaces to a private network' }),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Team: Network group' })).toBeVisible();
  });

  test('says what is wrong at each field', async ({ page }) => {
    await follow(page, 'setup');
    await page.getByLabel('Email').fill('grace');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Set up Culvert' }).click();
    await expect(page.getByLabel('Team')).toHaveAccessibleDescription('Enter a name.');
    await expect(page.getByLabel('Your name')).toHaveAccessibleDescription('Enter a name.');
    await expect(page.getByLabel('Email')).toHaveAccessibleDescription(
      'Enter an email address, such as ada@example.com.',
    );
    await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
      'Use at least 12 characters.',
    );
  });

  test('has the server’s refusal of a common password at the field', async ({ page }) => {
    await follow(page, 'setup');
    await page.getByLabel('Team').fill('Network group');
    await page.getByLabel('Your name').fill('Grace Okafor');
    await page.getByLabel('Email').fill('grace@example.com');
    await page.getByLabel('Password', { exact: true }).fill('passwordpassword');
    await page.getByRole('button', { name: 'Set up Culvert' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  });

  test('is asked for on the sign-in page of a new server', async ({ page }) => {
    await page.goto('/sign-in');
    await expect(page.getByText('Nobody has set up this server yet.')).toBeVisible();
  });

  test('that is no good says so', async ({ page }) => {
    await page.goto('/setup#culv_setup_wrong');
    await expect(page.getByRole('heading', { level: 1, name: 'This link is no good' })).toBeVisible();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test('that can’t be looked up can be tried again', async ({ page }) => {
    const link = mock(page).links['setup'] ?? '';
    await page.goto(link.replace('#', '?__fault=status%3D503%26match%3D/setup/check#'));
    await expect(page.getByRole('alert')).toContainText('The link can’t be looked up');
    mock(page).setFaults('');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByLabel('Team')).toBeVisible();
  });
});

test.describe('an invitation', () => {
  test.use({ scenario: 'signed-out' });

  test('lets somebody new into the team', async ({ page }) => {
    await follow(page, 'invitation');
    await expect(page.getByRole('heading', { level: 1, name: 'Join Platform team' })).toBeVisible();
    await expect(page.getByText('Ada Brandt invites you to join as a member.')).toBeVisible();
    await page.getByLabel('Your name').fill('Grace Okafor');
    await page.getByLabel('Email').fill('grace@example.com');
    await page.getByLabel('Password', { exact: true }).fill(newPassword);
    await page.getByRole('button', { name: 'Join the team' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Account: Grace Okafor' })).toBeVisible();
  });

  test('has an email that is taken at the field', async ({ page }) => {
    await follow(page, 'invitation');
    await page.getByLabel('Your name').fill('Somebody Else');
    await page.getByLabel('Email').fill(people.ada.email);
    await page.getByLabel('Password', { exact: true }).fill(newPassword);
    await page.getByRole('button', { name: 'Join the team' }).click();
    await expect(page.getByLabel('Email')).toHaveAccessibleDescription(
      /There is an account with this email already/,
    );
  });

  test('that is no good says so', async ({ page }) => {
    await page.goto('/invitation#culv_invitation_wrong');
    await expect(page.getByRole('heading', { level: 1, name: 'This link is no good' })).toBeVisible();
  });
});

test.describe('a link to set a new password', () => {
  test.use({ scenario: 'signed-out' });

  test('sets it, and signs in', async ({ page }) => {
    await follow(page, 'reset');
    await page.getByLabel('New password', { exact: true }).fill(newPassword);
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByRole('button', { name: `Account: ${people.mei.name}` })).toBeVisible();
  });

  test('that is no good says so', async ({ page }) => {
    await page.goto('/reset-password#culv_reset_wrong');
    await page.getByLabel('New password', { exact: true }).fill(newPassword);
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  });
});
