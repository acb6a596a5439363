import { expect, mock, test } from './fixtures.ts';
import { cellOf } from './table.ts';
import { vpnForm } from './vpnForm.ts';

test('a tunnel that fails shows it without a reload, and so does the list', async ({ page, open }) => {
  await open('/vpns/Company%20data%20center/workspaces');
  const table = page.getByRole('table', { name: 'Connected workspaces' });
  await expect(await cellOf(table, 'search-1', 'Tunnel')).toHaveText('Up');
  mock(page).tunnelBecomes('Company data center', 'search-1', { diagnosis: 'psk_differs_v1' });
  await expect(await cellOf(table, 'search-1', 'Tunnel')).toHaveText('Pre-shared key differs');
  await expect(
    page.getByRole('group', { name: 'The pre-shared key doesn’t match the gateway’s' }),
  ).toBeVisible();
  await expect(page.getByText('11 of 12 tunnels up')).toBeVisible();
  mock(page).tunnelBecomes('Company data center', 'search-1', 'up');
  await expect(await cellOf(table, 'search-1', 'Tunnel')).toHaveText('Up');
});

test('a replica that leaves and returns', async ({ page, open }) => {
  await open('/workspaces/search/replicas');
  const table = page.getByRole('table', { name: 'Replicas' });
  await expect(await cellOf(table, 'search-2', 'State')).toHaveText('Online');
  mock(page).replicaLeaves('search-2');
  await expect(await cellOf(table, 'search-2', 'State')).toHaveText('Offline');
  await mock(page).replicaReturns('search-2');
  await expect(await cellOf(table, 'search-2', 'State')).toHaveText('Online');
});

test('a change by somebody else shows its tunnels restarting', async ({ page, open }) => {
  await open('/vpns/Company%20data%20center/workspaces');
  const table = page.getByRole('table', { name: 'Connected workspaces' });
  await expect(await cellOf(table, 'search-1', 'Up since')).toHaveText('2 days');
  await mock(page).someoneChangesVpn('Company data center', { dpdDelaySeconds: 20 });
  await expect(await cellOf(table, 'search-1', 'Tunnel')).toHaveText('Up');
  await expect(await cellOf(table, 'search-1', 'Up since')).not.toHaveText('2 days');
});

test('an update doesn’t close a row’s menu', async ({ page, open }) => {
  await open('/vpns');
  await page.getByRole('button', { name: 'Actions for Company data center' }).click();
  const duplicate = page.getByRole('menuitem', { name: 'Duplicate' });
  await expect(duplicate).toBeVisible();
  mock(page).tunnelBecomes('Company data center', 'search-1', { diagnosis: 'psk_differs_v1' });
  await expect(page.getByText('11 of 12 up')).toBeVisible();
  await expect(duplicate).toBeVisible();
});

test('an update doesn’t reset a form', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/edit');
  const { peerIp } = vpnForm(page);
  await peerIp.fill('198.51.100.99');
  await mock(page).someoneChangesVpn('Berlin office', { dpdDelaySeconds: 20 });
  await expect(page.getByText('Tomás Ruiz changed this VPN')).toBeVisible();
  await expect(peerIp).toHaveValue('198.51.100.99');
});

test('a lost stream says so, comes back, and what was missed is there', async ({ page, open }) => {
  await open('/vpns');
  const live = page.getByRole('status').filter({ hasText: /^(Live|Connecting|Reconnecting|Offline)$/ });
  await expect(live).toHaveText('Live');
  mock(page).cutStream();
  await expect(live).toHaveText('Reconnecting');
  await mock(page).someoneDeletesVpn('Staging gateway');
  await expect(page.getByRole('link', { name: 'Staging gateway' })).toBeVisible();
  mock(page).mendStream();
  await expect(live).toHaveText('Live', { timeout: 20_000 });
  await expect(page.getByRole('link', { name: 'Staging gateway' })).toBeHidden();
});

test('what changes before there is a stream shows as soon as there is one', async ({ page, open }) => {
  await open(`/vpns?${new URLSearchParams({ __fault: 'hold=1&match=/events' })}`);
  await expect(page.getByRole('link', { name: 'Staging gateway' })).toBeVisible();
  await mock(page).someoneDeletesVpn('Staging gateway');
  await expect(page.getByRole('status').filter({ hasText: /^Connecting$/ })).toBeVisible();
  mock(page).setFaults('');
  await expect(page.getByRole('link', { name: 'Staging gateway' })).toBeHidden();
});

test.describe('what changes while the page still waits for its first answer', () => {
  test.use({ faults: 'keep=1&match=/api/*/vpns&times=1' });
  test('is there', async ({ page, open }) => {
    await open('/vpns');
    const link = page.getByRole('navigation', { name: 'Team pages' }).getByRole('link', { name: /^VPNs/ });
    await expect(link).toHaveText('VPNs1 with a failed tunnel');
    mock(page).tunnelBecomes('Company data center', 'search-1', { diagnosis: 'psk_differs_v1' });
    await expect(link).toHaveText('VPNs2 with a failed tunnel');
    await expect(page.getByRole('table', { name: 'VPNs' })).toHaveAttribute('aria-busy', 'true');
    mock(page).setFaults('');
    await expect(page.getByText('11 of 12 up')).toBeVisible();
  });
});

test('a session that ends elsewhere leads to signing in, and back to the same page', async ({
  page,
  open,
}) => {
  await open('/vpns?search=berlin');
  await expect(page.getByRole('link', { name: 'Berlin office' })).toBeVisible();
  await mock(page).someoneEndsSessionsOf('ada');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill('a long way to the gateway');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/vpns\?search=berlin/);
});

test.describe('a member who is removed', () => {
  test.use({ scenario: 'member' });
  test('loses sight of the team at once', async ({ page, open }) => {
    await open('/vpns');
    await expect(page.getByRole('link', { name: 'Berlin office' })).toBeVisible();
    await mock(page).someoneRemoves('mei');
    await expect(page.getByRole('link', { name: 'Berlin office' })).toBeHidden();
  });
});
