import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { clipboard, downloadBy, gatewayTab } from './gatewayTab.ts';
import { vpnForm } from './vpnForm.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const key = 'R5v8pQz2mLw9Tc4KdXj7NeUy';

/** Everything that the browser keeps of the page. */
const stored = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
      document.cookie,
    ]),
  );

async function createVpn(page: Page): Promise<void> {
  const form = vpnForm(page);
  await form.name.fill('Lab');
  await form.preSharedKey.fill(key);
  await form.peerIp.fill('198.51.100.77');
  await form.peerSubnets.fill('10.77.0.0/16');
  await form.peerSubnets.press('Enter');
  await form.create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeVisible();
}

const openTab = (page: Page) => page.getByRole('link', { name: 'Gateway configuration' }).click();

test('right after a VPN is made its key can be included, and is hidden until it is shown', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  await createVpn(page);
  await openTab(page);
  const tab = gatewayTab(page);
  const secrets = tab.part('/etc/ipsec.secrets');
  await expect(secrets).toContainText('<pre-shared key>');
  await expect(tab.includeKey).toHaveAccessibleDescription(/The server can’t give it back after that/);
  await tab.includeKey.click();
  await expect(secrets).toContainText('••••');
  await expect(secrets).not.toContainText(key);
  const { text } = await downloadBy(page, page.getByRole('button', { name: 'Download /etc/ipsec.secrets' }));
  expect(text).toContain(`PSK "${key}"`);
  await tab.copyAll.click();
  await expect.poll(() => clipboard(page)).toContain(`PSK "${key}"`);
  await tab.showKey.click();
  await expect(secrets).toContainText(`PSK "${key}"`);
  expect(await stored(page)).not.toContain(key);
});

test('once the VPN’s pages are left, the key is gone', async ({ page, open }) => {
  await open('/vpns/new');
  await createVpn(page);
  await openTab(page);
  const tab = gatewayTab(page);
  await tab.includeKey.click();
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('region', { name: 'Settings' })).toBeVisible();
  await openTab(page);
  await expect(tab.includeKey).not.toBeChecked();
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'VPNs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await openTab(page);
  await expect(tab.pastedKey).toBeVisible();
  await expect(tab.includeKey).toBeHidden();
});

test('after its key is changed, the new one can be included', async ({ page, open }) => {
  await open('/vpns/Staging%20gateway/edit');
  await vpnForm(page).preSharedKey.fill(key);
  await vpnForm(page).save.click();
  await openTab(page);
  const tab = gatewayTab(page);
  await tab.includeKey.click();
  await tab.showKey.click();
  await expect(tab.part('/etc/ipsec.secrets')).toContainText(`PSK "${key}"`);
});

test('otherwise a key can be pasted, which stays until the page is left', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/gateway-config?kind=strongswan-ipsec');
  const tab = gatewayTab(page);
  await expect(tab.pastedKey).toHaveAttribute('type', 'password');
  await tab.pastedKey.fill('a"b #}; key\\');
  await expect(tab.part('/etc/ipsec.secrets')).toContainText('••••');
  await tab.showKey.click();
  // As strongSwan takes any key, in Base64.
  await expect(tab.part('/etc/ipsec.secrets')).toContainText(`PSK 0s${btoa('a"b #}; key\\')}`);
  expect(await stored(page)).not.toContain('a\\"b');
  await page.getByRole('link', { name: 'Verify' }).click();
  await expect(page.getByRole('region', { name: 'Verify' })).toBeVisible();
  await openTab(page);
  await expect(tab.pastedKey).toHaveValue('');
  await expect(tab.part('/etc/ipsec.secrets')).toContainText('<pre-shared key>');
});

test.describe('a member', () => {
  test.use({ scenario: 'member' });

  test('reads the configuration, without a way to the key or to links', async ({ page, open }) => {
    await open('/vpns/Berlin%20office/gateway-config?kind=strongswan-ipsec&dialog=share');
    const tab = gatewayTab(page);
    await expect(tab.part('/etc/ipsec.secrets')).toContainText('<pre-shared key>');
    await expect(tab.pastedKey).toBeHidden();
    await expect(tab.share).toHaveAccessibleDescription(/Only admins/);
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('region', { name: 'Shared links' })).toBeHidden();
  });
});
