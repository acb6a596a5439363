import { expect, mock, test } from './fixtures.ts';
import { cellOf, rowOf } from './table.ts';

test('every VPN shows how its tunnels are', async ({ page, open }) => {
  await open('/vpns');
  const table = page.getByRole('table', { name: 'VPNs' });
  await expect(await cellOf(table, 'Company data center', 'Tunnels')).toHaveText('12 of 12 up');
  await expect(await cellOf(table, 'Company data center', 'Gateway')).toHaveText('1.2.3.4');
  await expect(await cellOf(table, 'Company data center', 'Peer subnets')).toHaveText('10.250.0.0/24');
  await expect(await cellOf(table, 'Company data center', 'IKE')).toHaveText('v1');
  await expect(await cellOf(table, 'Company data center', 'Workspaces')).toHaveText('4');
  await expect(await cellOf(table, 'Company data center', 'Changed')).toHaveText('3 days ago');
  await expect(await cellOf(table, 'Berlin office', 'Tunnels')).toHaveText('3 of 5 up');
  await expect(await cellOf(table, 'Warehouse database', 'Tunnels')).toHaveText(
    '2 of 2 up, nothing comes back',
  );
  await expect(await cellOf(table, 'Staging gateway', 'Tunnels')).toHaveText('No workspace connected');
  await expect(page.getByText('4 VPNs · 17 of 19 tunnels up')).toBeVisible();
});

test('the search is in the address and survives a reload', async ({ page, open }) => {
  await open('/vpns');
  const rows = page.getByRole('table', { name: 'VPNs' }).getByRole('row');
  await expect(rows).toHaveCount(5);
  await page.getByRole('searchbox').fill('10.99');
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/search=10\.99/);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('10.99');
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText('Staging gateway');
});

test('a search without a match says so and leads back', async ({ page, open }) => {
  await open('/vpns?search=nowhere');
  await expect(page.getByRole('heading', { name: 'No VPN matches “nowhere”' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all VPNs' }).click();
  await expect(page.getByRole('table', { name: 'VPNs' }).getByRole('row')).toHaveCount(5);
  await expect(page).not.toHaveURL(/search/);
});

test('the list is sorted by what its header says, also by the keyboard', async ({ page, open }) => {
  await open('/vpns');
  const names = page.getByRole('table', { name: 'VPNs' }).getByRole('row').getByRole('link');
  await expect(names).toHaveText([
    'Berlin office',
    'Company data center',
    'Staging gateway',
    'Warehouse database',
  ]);
  await page.getByRole('button', { name: 'Changed' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=-?changed/);
  await expect(page.getByRole('columnheader', { name: 'Changed' })).toHaveAttribute(
    'aria-sort',
    /ascending|descending/,
  );
  await page.getByRole('button', { name: 'Name' }).click();
  await page.getByRole('button', { name: 'Name' }).click();
  await expect(names).toHaveText([
    'Warehouse database',
    'Staging gateway',
    'Company data center',
    'Berlin office',
  ]);
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
});

for (const [label, names] of [
  ['State: failed', ['Berlin office']],
  ['State: warning', ['Warehouse database']],
  ['State: all up', ['Company data center']],
  ['State: not connected', ['Staging gateway']],
] as const)
  test(`the filter “${label}”`, async ({ page, open }) => {
    await open('/vpns');
    await page.getByRole('combobox', { name: 'State' }).selectOption({ label });
    await expect(page.getByRole('table', { name: 'VPNs' }).getByRole('row').getByRole('link')).toHaveText([
      ...names,
    ]);
    await expect(page).toHaveURL(/state=/);
  });

test('a click anywhere on a row opens the VPN, and so does Enter on its name', async ({ page, open }) => {
  await open('/vpns');
  await rowOf(page.getByRole('table', { name: 'VPNs' }), 'Staging gateway')
    .getByText('192.0.2.77')
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Staging gateway' })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'Berlin office' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'Company data center' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Company data center' })).toBeVisible();
});

test.describe('without a VPN', () => {
  test.use({ scenario: 'empty' });
  test('it says what one is for and how to make one', async ({ page, open }) => {
    await open('/vpns');
    await expect(
      page.getByRole('heading', { name: 'Connect your workspaces to a private network' }),
    ).toBeVisible();
    await page.getByRole('link', { name: '+ Create VPN' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Create VPN' })).toBeVisible();
  });
});

test.describe('while the list loads', () => {
  test.use({ faults: 'hold=1&match=/vpns' });
  test('the table is there, busy and without rows to read', async ({ page, open, context }) => {
    await open('/vpns');
    const table = page.getByRole('table', { name: 'VPNs' });
    await expect(table).toHaveAttribute('aria-busy', 'true');
    await expect(table.getByRole('columnheader', { name: 'Gateway' })).toBeVisible();
    await context.clearCookies({ name: '__fault' });
    mock(page).setFaults('');
    await expect(table).toHaveAttribute('aria-busy', 'false');
    await expect(table.getByRole('link', { name: 'Berlin office' })).toBeVisible();
  });
});

test.describe('when the list can’t be loaded', () => {
  test.use({ faults: 'status=503&match=/vpns' });
  test('it says why, and can be tried again', async ({ page, open, context }) => {
    await open('/vpns');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The VPNs can’t be loaded', { timeout: 15_000 });
    await expect(alert).toContainText('req_mock');
    await context.clearCookies({ name: '__fault' });
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('link', { name: 'Berlin office' })).toBeVisible();
    await expect(alert).toBeHidden();
  });
});

test('deleting says what is lost, and does it', async ({ page, open }) => {
  await open('/vpns');
  await page.getByRole('button', { name: 'Actions for Berlin office' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Berlin office?' });
  await expect(dialog).toContainText('5 replicas of 2 workspaces');
  await expect(dialog).toContainText('10.20.0.0/16, 10.21.0.0/16 and 1 more');
  await expect(dialog.getByRole('listitem')).toHaveText(['billing-api3 replicas', 'reports2 replicas']);
  await dialog.getByRole('button', { name: 'Keep VPN' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Actions for Berlin office' })).toBeFocused();

  await page.getByRole('button', { name: 'Actions for Berlin office' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete VPN' }).click();
  await expect(page.getByText('Berlin office is deleted.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Berlin office' })).toBeHidden();
  await expect(page.getByText('3 VPNs · 14 of 14 tunnels up')).toBeVisible();
});

test('a delete that fails says so in the dialog', async ({ page, open }) => {
  await open('/vpns');
  await page.getByRole('button', { name: 'Actions for Staging gateway' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  mock(page).setFaults('status=503&method=DELETE');
  const dialog = page.getByRole('dialog', { name: 'Delete Staging gateway?' });
  await dialog.getByRole('button', { name: 'Delete VPN' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  mock(page).setFaults('');
  await dialog.getByRole('button', { name: 'Delete VPN' }).click();
  await expect(page.getByText('Staging gateway is deleted.')).toBeVisible();
});

test.describe('as a member', () => {
  test.use({ scenario: 'member' });
  test('what only admins may do says so', async ({ page, open }) => {
    await open('/vpns');
    const create = page.getByRole('button', { name: '+ Create VPN' });
    await expect(create).toBeDisabled();
    await expect(create).toHaveAccessibleDescription(
      'Only admins of the team can create, change or delete VPNs.',
    );
    await page.getByRole('button', { name: 'Actions for Berlin office' }).click();
    await expect(page.getByRole('menuitem', { name: /^Delete/ })).toBeDisabled();
  });
});

test.describe('with hundreds of VPNs', () => {
  test.use({ scenario: 'large' });
  test('the list scrolls to its end, and the search finds one', async ({ page, open }) => {
    await open('/vpns');
    await expect(page.getByText('300 VPNs')).toBeVisible();
    const table = page.getByRole('table', { name: 'VPNs' });
    await expect(table.getByRole('link', { name: 'Company data center' })).toBeVisible();
    const last = table.getByRole('link', { name: 'Site 299' });
    await expect(async () => {
      await page.mouse.wheel(0, 20_000);
      await expect(last).toBeVisible({ timeout: 300 });
    }).toPass();
    await page.getByRole('searchbox').fill('Site 042');
    await expect(table.getByRole('row').getByRole('link')).toHaveText(['Site 042']);
  });

  test('what changes is there, though the reader scrolls on meanwhile', async ({ page, open }) => {
    await open('/vpns');
    const table = page.getByRole('table', { name: 'VPNs' });
    const scrollTo = async (name: string, step: number) => {
      await expect(async () => {
        await page.mouse.wheel(0, step);
        await expect(table.getByRole('link', { name })).toBeVisible({ timeout: 300 });
      }).toPass();
    };
    await expect(page.getByText('300 VPNs')).toBeVisible();
    mock(page).setFaults('keep=1&match=/api/*/vpns');
    const fetchedAnew = page.waitForRequest(/vpns\?limit=200$/);
    await mock(page).someoneDeletesVpn('Site 001');
    await fetchedAnew;
    await scrollTo('Site 196', 20_000);
    mock(page).setFaults('');
    await expect(page.getByText('299 VPNs')).toBeVisible();
    await scrollTo('Site 299', 20_000);
    await scrollTo('Site 002', -20_000);
    await expect(table.getByRole('link', { name: 'Site 001' })).toBeHidden();
  });

  test('rows that can’t be loaded are said to be missing, and come with another try', async ({
    page,
    open,
  }) => {
    await open('/vpns');
    const table = page.getByRole('table', { name: 'VPNs' });
    await expect(page.getByText('300 VPNs')).toBeVisible();
    mock(page).setFaults('status=404&match=/vpns');
    const end = table.getByRole('link', { name: 'Site 196' });
    await expect(async () => {
      await page.mouse.wheel(0, 20_000);
      await expect(end).toBeVisible({ timeout: 300 });
    }).toPass();
    await expect(page.getByRole('alert')).toContainText('The rows after these can’t be loaded. Not found');
    mock(page).setFaults('');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(async () => {
      await page.mouse.wheel(0, 20_000);
      await expect(table.getByRole('link', { name: 'Site 299' })).toBeVisible({ timeout: 300 });
    }).toPass();
    await expect(page.getByRole('alert')).toBeHidden();
  });
});
