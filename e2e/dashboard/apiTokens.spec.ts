import { expect, test } from './fixtures.ts';
import { cellOf } from './table.ts';

test.use({ scenario: 'api-tokens' });

test('an admin sees what acts as a member, how it was made, and ends it', async ({ page, open }) => {
  await open('/members');
  const members = page.getByRole('table', { name: 'Members' });
  await members.getByRole('button', { name: 'Show the 2 API tokens of Mei Tanaka' }).click();
  const dialog = page.getByRole('dialog', { name: 'API tokens of Mei Tanaka' });
  const table = dialog.getByRole('table');
  await expect(await cellOf(table, 'culvert on mei-thinkpad', 'Made')).toContainText('by culvert login');
  await expect(await cellOf(table, 'culvert on mei-thinkpad', 'Last used')).toContainText('3 h ago');
  await expect(await cellOf(table, 'load test', 'Made')).toContainText('on the dashboard');

  await dialog.getByRole('button', { name: 'Revoke culvert on mei-thinkpad' }).click();
  await page
    .getByRole('dialog', { name: 'Revoke the token culvert on mei-thinkpad?' })
    .getByRole('button', { name: 'Revoke token' })
    .click();
  await expect(page.getByText('The token culvert on mei-thinkpad no longer works.')).toBeVisible();
  await expect(dialog.getByRole('row')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(members.getByRole('button', { name: 'Show the API token of Mei Tanaka' })).toBeVisible();
});

test('one’s own tokens are on the account page, and can be revoked there', async ({ page }) => {
  await page.goto('/account');
  const panel = page.getByRole('region', { name: 'Your API tokens' });
  await expect(await cellOf(panel, 'culvert on ada-laptop', 'Team')).toHaveText('Platform team');
  await panel.getByRole('button', { name: 'Revoke culvert on ada-laptop' }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(page.getByText('The token culvert on ada-laptop no longer works.')).toBeVisible();
  await expect(panel.getByText('1 token', { exact: true })).toBeVisible();
});

test.describe('a member', () => {
  test.use({ signedInAs: 'mei' });
  test('sees their own tokens, and not how many others have', async ({ page, open }) => {
    await open('/members');
    const members = page.getByRole('table', { name: 'Members' });
    await expect(members.getByRole('button', { name: 'Show the 2 API tokens of Mei Tanaka' })).toBeVisible();
    await expect(members.getByRole('button', { name: /^Show the/ })).toHaveCount(1);
  });
});
