import type { Locator, Page } from '@playwright/test';
import { expect, mock, test } from './fixtures.ts';
import { cellOf } from './table.ts';

const berlin = '/vpns/Berlin%20office';
const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /^Move workspaces from/ });

test.describe('before workspaces move', () => {
  test.use({ scenario: 'healthy' });

  test('apart from the old one, the new tunnel comes up beside it, and that is said', async ({
    page,
    open,
  }) => {
    await open('/vpns/Company%20data%20center/overview');
    await page.getByRole('link', { name: 'Move workspaces' }).click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('To', { exact: true }).selectOption({ label: 'Oslo lab (203.0.113.40)' });
    await expect(dialog).toContainText('Without an interruption');
    await dialog.getByRole('checkbox', { name: 'storefront' }).uncheck();
    await dialog.getByRole('button', { name: 'Move 1 workspace' }).click();
    await expect(dialog).toBeHidden();
    await expect(panel(page, 'Moved checkout to Oslo lab')).toContainText('2 replicas moved');
    await expect(page.getByRole('table', { name: 'Connected workspaces' })).not.toContainText('checkout');
    await panel(page, 'Moved checkout to Oslo lab').getByRole('link', { name: 'Open Oslo lab' }).click();
    await expect(panel(page, 'Moved checkout here from Company data center')).toBeVisible();
  });

  test('to a copy of the VPN there is a short interruption, and that is said', async ({ page, open }) => {
    await open('/vpns/new?duplicate=Berlin%20office');
    await page.getByRole('button', { name: 'Create VPN' }).click();
    await page.getByRole('link', { name: 'Move workspaces from Berlin office' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move workspaces from Berlin office' });
    await expect(dialog).toContainText('With a short interruption: 10.20.0.0/16 is behind both');
    await dialog.getByRole('button', { name: 'Move 1 workspace' }).click();
    await expect(page.getByRole('region', { name: /^Moved checkout to Berlin office/ })).toBeVisible();
  });

  test('one workspace is chosen from its row', async ({ page, open }) => {
    await open('/vpns/Company%20data%20center/workspaces');
    await page.getByRole('button', { name: 'Actions for checkout', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Move to another VPN' }).click();
    await expect(dialogOf(page).getByRole('checkbox', { name: 'checkout' })).toBeChecked();
    await expect(dialogOf(page).getByRole('checkbox', { name: 'storefront' })).not.toBeChecked();
    await dialogOf(page).getByRole('button', { name: 'Move nothing' }).click();
    await expect(page).not.toHaveURL(/dialog/);
  });

  test('nothing chosen, and an address that isn’t behind the other gateway, are refused', async ({
    page,
    open,
  }) => {
    await open('/vpns/Company%20data%20center/workspaces?dialog=move');
    const dialog = dialogOf(page);
    await dialog.getByLabel('To', { exact: true }).selectOption({ label: 'Oslo lab (203.0.113.40)' });
    await dialog.getByRole('checkbox', { name: 'checkout' }).uncheck();
    await dialog.getByRole('checkbox', { name: 'storefront' }).uncheck();
    await dialog.getByLabel('Has to answer (optional)').fill('10.250.0.5');
    await dialog.getByRole('button', { name: 'Move workspaces' }).click();
    await expect(dialog).toContainText('Choose at least one workspace.');
    await expect(dialog.getByLabel('Has to answer (optional)')).toHaveAccessibleDescription(
      /outside the peer subnets/,
    );
  });
});

test.describe('while workspaces move', () => {
  test.use({ scenario: 'move-running' });
  const moving = 'Moving billing-api and reports to Company data center';

  test('both VPNs show it, each from its side', async ({ page, open }) => {
    await open(`${berlin}/workspaces`);
    await expect(panel(page, moving)).toContainText('with both tunnels until the new one works');
    const table = page.getByRole('table', { name: 'Replicas of this change' });
    await expect(await cellOf(table, 'billing-api-2', 'State')).toHaveText('Trying');
    await panel(page, moving).getByRole('link', { name: 'Open Company data center' }).click();
    await expect(panel(page, 'Moving billing-api and reports here from Berlin office')).toBeVisible();
  });

  test('it goes on by itself until all have moved', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    await expect(panel(page, moving)).toBeVisible();
    mock(page).tunnelBecomes('Company data center', '*', 'up');
    await expect(panel(page, 'Moved billing-api and reports to Company data center')).toContainText(
      '4 replicas moved',
    );
  });

  test('it can be taken back from the other side, too', async ({ page, open }) => {
    await open('/vpns/Company%20data%20center/overview');
    await page.getByRole('button', { name: 'Take back' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take back the move to Company data center?' });
    await expect(dialog).toContainText('2 replicas go back to Berlin office');
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByRole('region', { name: /was taken back$/ })).toContainText(
      'The workspaces are on Berlin office again.',
    );
  });
});

test.describe('when the first replica couldn’t move', () => {
  test.use({ scenario: 'move-failed' });
  test('the workspaces are where they were, and why is said', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    const failed = page.getByRole('region', { name: /failed and was undone$/ });
    await expect(failed).toContainText('the workspaces are on Berlin office as before');
    await expect(failed.getByRole('group', { name: /pre-shared key/i })).toBeVisible();
    await failed.getByRole('link', { name: 'Edit Company data center' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Edit Company data center' })).toBeVisible();
  });
});
