import { expect, mock, test } from './fixtures.ts';
import { cellOf, rowOf } from './table.ts';

test('every replica of every connected workspace shows its tunnel', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/workspaces');
  const table = page.getByRole('table', { name: 'Connected workspaces' });
  await expect(await cellOf(table, 'billing-api-1', 'Tunnel')).toHaveText('Up');
  await expect(await cellOf(table, 'billing-api-1', 'Virtual IP')).toHaveText('10.200.0.4');
  await expect(await cellOf(table, 'billing-api-1', 'Up since')).toHaveText('4 h 12 min');
  await expect(await cellOf(table, 'billing-api-3', 'In')).toHaveText('84 MB');
  await expect(await cellOf(table, 'reports-1', 'Tunnel')).toHaveText('Connecting, try 3');
  await expect(await cellOf(table, 'reports-2', 'Tunnel')).toHaveText('Cipher suites differ (ESP)');
});

test('several workspaces are added at once, and their tunnels come up by themselves', async ({
  page,
  open,
}) => {
  await open('/vpns/Staging%20gateway/workspaces');
  await page.getByRole('button', { name: 'Add Workspaces' }).click();
  const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
  await picker.getByRole('checkbox', { name: /^checkout/ }).check();
  await picker.getByRole('checkbox', { name: /^load-test/ }).check();
  await picker.getByRole('button', { name: 'Add 2 workspaces' }).click();
  await expect(picker).toBeHidden();
  await expect(page.getByText('2 workspaces added.')).toBeVisible();
  const table = page.getByRole('table', { name: 'Connected workspaces' });
  await expect(await cellOf(table, 'checkout-1', 'Tunnel')).toHaveText('Up');
  await expect(await cellOf(table, 'load-test-2', 'Tunnel')).toHaveText('Up');
  await expect(page.getByText('5 of 5 tunnels up')).toBeVisible();
});

test('the search of the dropdown finds a workspace', async ({ page, open }) => {
  await open('/vpns/Staging%20gateway/workspaces');
  await page.getByRole('button', { name: 'Add Workspaces' }).click();
  const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
  await picker.getByRole('searchbox').fill('preview');
  await expect(picker.getByRole('checkbox')).toHaveCount(2);
  await picker.getByRole('searchbox').fill('nothing like it');
  await expect(picker.getByText('No workspace matches “nothing like it”.')).toBeVisible();
});

test('what can’t be added says why', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/workspaces');
  await page.getByRole('button', { name: 'Add Workspaces' }).click();
  const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
  await expect(picker.getByRole('checkbox', { name: /^billing-api/ })).toBeDisabled();
  await expect(picker.getByRole('listitem').filter({ hasText: 'billing-api' })).toContainText(
    'Connected already.',
  );
});

test('a workspace whose other VPN overlaps can’t be added, and the subnet is named', async ({
  page,
  open,
}) => {
  await open('/vpns');
  await mock(page).someoneChangesVpn('Staging gateway', { peerSubnets: ['10.250.0.0/16'] });
  await page.getByRole('link', { name: 'Staging gateway' }).click();
  await page.getByRole('link', { name: 'Connected Workspaces' }).click();
  await page.getByRole('button', { name: 'Add Workspaces' }).click();
  const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
  await expect(picker.getByRole('checkbox', { name: /^storefront/ })).toBeDisabled();
  await expect(picker.getByRole('listitem').filter({ hasText: 'storefront' })).toContainText(
    'Company data center',
  );
});

test('disconnecting says what is lost, and takes the tunnels away', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/workspaces');
  await page.getByRole('button', { name: 'Actions for reports', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('dialog', { name: 'Disconnect reports from Berlin office?' });
  await expect(dialog).toContainText('2 replicas');
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByText('reports is disconnected from Berlin office.')).toBeVisible();
  const table = page.getByRole('table', { name: 'Connected workspaces' });
  await expect(rowOf(table, 'reports-1')).toBeHidden();
  await expect(page.getByText('3 of 3 tunnels up')).toBeVisible();
});

test('a VPN without a workspace says what to do next', async ({ page, open }) => {
  await open('/vpns/Staging%20gateway/workspaces');
  await expect(
    page.getByRole('heading', { name: 'Add the workspaces that need Staging gateway' }),
  ).toBeVisible();
});

test('a connected workspace without a replica leads to the join command', async ({ page, open }) => {
  await open('/vpns/Staging%20gateway/workspaces');
  await page.getByRole('button', { name: 'Add Workspaces' }).click();
  const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
  await picker.getByRole('checkbox', { name: /^docs/ }).check();
  await picker.getByRole('button', { name: 'Add 1 workspace' }).click();
  await page.getByRole('link', { name: 'Show the join command' }).click();
  await expect(page.getByRole('button', { name: 'Create join command' })).toBeVisible();
});

test.describe('as a member', () => {
  test.use({ scenario: 'member' });
  test('other people’s workspaces can’t be added, and say whose they are', async ({ page, open }) => {
    await open('/vpns/Staging%20gateway/workspaces');
    await page.getByRole('button', { name: 'Add Workspaces' }).click();
    const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
    await expect(picker.getByRole('checkbox', { name: /^design-system/ })).toBeEnabled();
    await expect(picker.getByRole('checkbox', { name: /^checkout/ })).toBeDisabled();
    await expect(picker.getByRole('listitem').filter({ hasText: 'checkout' })).toContainText(
      'Only the owner',
    );
  });
});

test('the drawing leads to a replica’s row', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/overview');
  await page
    .getByRole('link', { name: /reports-2/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/workspaces(\?.*)?#tunnel-/);
  await expect(page.getByText('The gateway refuses the ESP cipher suite')).toBeVisible();
});
