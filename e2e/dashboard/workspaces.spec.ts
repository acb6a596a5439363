import { expect, mock, test } from './fixtures.ts';
import { cellOf, rowOf } from './table.ts';

test('every workspace shows its replicas, tunnels and owner', async ({ page, open }) => {
  await open('/workspaces');
  const table = page.getByRole('table', { name: 'Workspaces' });
  await expect(await cellOf(table, 'billing-api', 'Owner')).toHaveText('Mei Tanaka');
  await expect(await cellOf(table, 'billing-api', 'Tunnels')).toHaveText('3 of 3 up');
  await expect(await cellOf(table, 'reports', 'Tunnels')).toHaveText('0 of 2 up');
  await expect(await cellOf(table, 'docs', 'Replicas')).toHaveText('No replica yet');
  await expect(page.getByText('12 workspaces')).toBeVisible();
});

test('a search without a match leads back', async ({ page, open }) => {
  await open('/workspaces');
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByRole('button', { name: 'Show all workspaces' }).click();
  await expect(page.getByRole('link', { name: 'billing-api' })).toBeVisible();
});

test.describe('the first workspace', () => {
  test.use({ scenario: 'empty', permissions: ['clipboard-read', 'clipboard-write'] });

  test('is made, and its first machine joins with one command', async ({ page, open }) => {
    await open('/workspaces');
    await expect(
      page.getByRole('heading', { name: 'Add the machines that need the private network' }),
    ).toBeVisible();
    await page.getByRole('button', { name: '+ Create workspace' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create a workspace' });
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await dialog.getByLabel('Name').fill('billing-api');
    await dialog.getByRole('button', { name: 'Create workspace' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'billing-api' })).toBeVisible();
    await page.getByRole('button', { name: 'Create join command' }).click();
    const command = page.getByLabel('the join command', { exact: true });
    await expect(command).toContainText('culv_join_');
    await page.getByRole('button', { name: 'Copy the join command' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await command.innerText());
    await expect(page.getByText('Waiting for a machine to join.')).toBeVisible();
  });

  test('has to have a good name', async ({ page, open }) => {
    await open('/workspaces?dialog=create');
    const name = page.getByRole('dialog').getByLabel('Name');
    await name.fill('Billing API');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await expect(name).toHaveAccessibleDescription(/lower-case letters/);
  });
});

test('the page notices by itself when a machine joins', async ({ page, open }) => {
  await open('/workspaces/docs/replicas');
  await page.getByRole('button', { name: 'Create join command' }).click();
  await expect(page.getByText('Waiting for a machine to join.')).toBeVisible();
  await mock(page).replicaJoins('docs', 'build-host-7');
  await expect(page.getByText('docs-1 has joined, from build-host-7.')).toBeVisible();
  const table = page.getByRole('table', { name: 'Replicas' });
  await expect(await cellOf(table, 'docs-1', 'State')).toHaveText('Online');
});

test('a name that is taken is said at the field', async ({ page, open }) => {
  await open('/workspaces?dialog=create');
  const name = page.getByRole('dialog').getByLabel('Name');
  await name.fill('billing-api');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/billing-api/);
});

test('a replica can be removed', async ({ page, open }) => {
  await open('/workspaces/search/replicas');
  await page.getByRole('button', { name: 'Actions for search-2' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove search-2?' });
  await dialog.getByRole('button', { name: 'Remove replica' }).click();
  await expect(page.getByText('search-2 is removed.')).toBeVisible();
  await expect(rowOf(page.getByRole('table', { name: 'Replicas' }), 'search-2')).toBeHidden();
});

test('a join token can be rotated: the new command is shown, the replicas stay', async ({ page, open }) => {
  await open('/workspaces/search/settings');
  await page.getByRole('button', { name: 'Actions for Join command' }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  await page.getByRole('button', { name: 'Rotate token' }).click();
  const dialog = page.getByRole('dialog', { name: 'The new join command of search' });
  await expect(dialog.getByLabel('the join command', { exact: true })).toContainText('culv_join_');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Replicas', exact: true }).click();
  await expect(page.getByText('2 replicas, 2 online')).toBeVisible();
});

test('a join token can be revoked: its replicas are disconnected at once', async ({ page, open }) => {
  await open('/workspaces/search/settings');
  await page.getByRole('button', { name: 'Actions for Join command' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  const dialog = page.getByRole('dialog', { name: /^Revoke the join token/ });
  await expect(dialog).toContainText('2 replicas hold it');
  await dialog.getByRole('button', { name: 'Revoke token' }).click();
  await page.getByRole('link', { name: 'Replicas', exact: true }).click();
  await expect(page.getByText('2 replicas, 0 online')).toBeVisible();
});

test('a workspace can be renamed, and handed over', async ({ page, open }) => {
  await open('/workspaces/search/settings');
  await page.getByLabel('Name', { exact: true }).fill('search-index');
  await page.getByRole('combobox', { name: 'Owner' }).selectOption({ label: 'Jonas Weber' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('search-index is saved.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'search-index' })).toBeVisible();
});

test('deleting a workspace says what is lost', async ({ page, open }) => {
  await open('/workspaces');
  await page.getByRole('button', { name: 'Actions for reports' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete reports?' });
  await expect(dialog).toContainText('2 replicas');
  await expect(dialog).toContainText('Loses Berlin office');
  await dialog.getByRole('button', { name: 'Delete workspace' }).click();
  await expect(page.getByText('reports is deleted.')).toBeVisible();
  await expect(page.getByText('11 workspaces')).toBeVisible();
});

test('a workspace can be connected to VPNs from its own page', async ({ page, open }) => {
  await open('/workspaces/load-test/vpns');
  await page.getByRole('button', { name: 'Connect VPNs' }).click();
  const picker = page.getByRole('dialog', { name: 'Connect VPNs' });
  await picker.getByRole('checkbox', { name: /^Staging gateway/ }).check();
  await picker.getByRole('button', { name: 'Connect 1 VPN' }).click();
  await expect(page.getByText('load-test is connected to 1 VPN.')).toBeVisible();
  const table = page.getByRole('table', { name: 'VPNs' });
  await expect(await cellOf(table, 'load-test-1', 'Tunnel')).toHaveText('Up');
});

test.describe('as a member', () => {
  test.use({ scenario: 'member' });
  test('other people’s workspaces can’t be changed, and say whose they are', async ({ page, open }) => {
    await open('/workspaces/reports/replicas');
    const add = page.getByRole('button', { name: 'Add a replica' });
    await expect(add).toBeDisabled();
    await expect(add).toHaveAccessibleDescription(/Only the owner of the workspace/);
    await open('/workspaces/billing-api/replicas');
    await expect(add).toBeEnabled();
  });
});

test.describe('with ten thousand workspaces', () => {
  test.use({ scenario: 'large' });
  test('the list scrolls and the search finds one', async ({ page, open }) => {
    await open('/workspaces');
    await expect(page.getByText('10,000 workspaces')).toBeVisible();
    const table = page.getByRole('table', { name: 'Workspaces' });
    await expect(table.getByRole('link', { name: 'service-00001' })).toBeVisible();
    await expect(async () => {
      await page.mouse.wheel(0, 20_000);
      await expect(table.getByRole('link', { name: 'service-00400' })).toBeAttached({ timeout: 300 });
    }).toPass();
    // Only what is in sight is in the page.
    expect(await table.getByRole('row').count()).toBeLessThan(200);
    await page.getByRole('searchbox').fill('service-09999');
    await expect(table.getByRole('row')).toHaveCount(2);
  });
});
