import { gatewayKinds } from '../../contract/gatewayConfig/document.ts';
import { partText } from '../../contract/gatewayConfig/documentText.ts';
import { documentText, gatewayKindNames, renderGateway } from '../../contract/gatewayConfig/render.ts';
import { berlinOffice, companyDataCenter } from '../../mocks/scenarios/vpns.ts';
import { expect, test } from './fixtures.ts';
import { clipboard, downloadBy, gatewayTab } from './gatewayTab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const berlin = '/vpns/Berlin%20office/gateway-config';
const dataCenter = '/vpns/Company%20data%20center/gateway-config';
/** Where a value stands that is blank on screen as in the file, it may be spaced differently. */
const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

test('every kind of gateway is shown as the network admin needs it', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/overview');
  await page.getByRole('link', { name: 'Gateway configuration' }).click();
  const tab = gatewayTab(page);
  for (const kind of gatewayKinds) {
    const document = renderGateway(kind, berlinOffice);
    await tab.kind.selectOption(gatewayKindNames[kind]);
    await expect(page).toHaveURL(new RegExp(`kind=${kind}$`));
    if (document.unfit !== null) {
      await expect(page.getByRole('status').filter({ hasText: document.unfit })).toBeVisible();
      continue;
    }
    for (const part of document.parts) {
      const name = part.kind === 'file' || part.kind === 'commands' ? part.name : part.title;
      const region = tab.part(name);
      if (part.kind === 'file' || part.kind === 'commands')
        expect(words(await region.getByLabel(name, { exact: true }).innerText())).toBe(words(partText(part)));
      else if (part.kind === 'steps')
        await expect(region.getByRole('checkbox')).toHaveCount(part.steps.length);
      else await expect(region.getByRole('rowheader')).toHaveCount(part.rows.length);
    }
    for (const note of document.notes) await expect(page.getByText(note)).toBeVisible();
    const badge = document.proof === 'loaded' ? 'Loaded by our tests' : 'Template: not run by us';
    await expect(tab.choices.getByText(badge)).toBeVisible();
  }
});

test('what has to match on both sides is marked', async ({ page, open }) => {
  await open(`${dataCenter}?kind=strongswan-ipsec`);
  const marks = gatewayTab(page).part('/etc/ipsec.conf').locator('mark');
  await expect(marks).toHaveText(['ikev1', 'aes256-sha256-modp2048!', 'aes256-sha256-modp2048!']);
});

test('the sheet names DH groups by number and name', async ({ page, open }) => {
  await open(`${dataCenter}?kind=generic`);
  const sheet = page.getByRole('table', { name: 'Suites and lifetimes' });
  await expect(sheet.getByRole('row', { name: /Phase 1 \(IKE\) suites/ })).toContainText(
    'DH group 14 is modp2048',
  );
});

test('a step is ticked off with the keyboard', async ({ page, open }) => {
  await open(`${berlin}?kind=opnsense`);
  const step = page.getByRole('checkbox', { name: '1. VPN › IPsec › Pre-Shared Keys' });
  await step.focus();
  await page.keyboard.press('Space');
  await expect(step).toBeChecked();
});

test('the kind that was chosen last is the one that is shown next, beside the form too', async ({
  page,
  open,
}) => {
  await open(berlin);
  await gatewayTab(page).kind.selectOption('MikroTik RouterOS 7');
  await open('/vpns/new');
  const beside = page.getByRole('region', { name: 'The gateway’s side' });
  await expect(beside.getByLabel('Kind of gateway')).toHaveValue('mikrotik');
  await expect(beside).toContainText('/ip ipsec');
  await beside.getByLabel('Kind of gateway').selectOption('FortiGate');
  await expect(beside).toContainText('config vpn ipsec phase1-interface');
  await open(dataCenter);
  await expect(gatewayTab(page).kind).toHaveValue('fortigate');
});

test('a gateway that can’t take the settings says so, and what to choose instead', async ({ page, open }) => {
  await open(`${dataCenter}?kind=cisco-ios-xe`);
  const notice = page.getByRole('status').filter({ hasText: 'Cisco IOS-XE can’t be set up' });
  await expect(notice).toContainText('Set the VPN to IKEv2.');
  await expect(gatewayTab(page).copyAll).toBeHidden();
  await notice.getByRole('link', { name: 'Edit the VPN' }).click();
  await expect(page).toHaveURL(/\/edit\?field=ike\.version$/);
  await page.goBack();
  await page.getByRole('button', { name: 'Show every value as a sheet' }).click();
  await expect(gatewayTab(page).part('Connection')).toContainText('IKEv1');
});

test.describe('the address pool', () => {
  test('is written into the configuration and into the page’s address', async ({ page, open }) => {
    await open(`${dataCenter}?kind=strongswan-ipsec`);
    const tab = gatewayTab(page);
    await tab.pool.fill('10.222.0.0/20');
    await expect(tab.part('/etc/ipsec.conf')).toContainText('rightsourceip=10.222.0.0/20');
    await expect(page).toHaveURL(/pool=10\.222\.0\.0%2F20/);
    await page.reload();
    await expect(tab.pool).toHaveValue('10.222.0.0/20');
  });

  for (const [pool, reason] of [
    ['10.250.0.0/25', /overlaps with the peer subnet 10\.250\.0\.0\/24/],
    ['10.201.0.9/24', /is a host inside a subnet/],
    ['10.201.0.0', /is one address, not a subnet/],
    ['0.0.0.0/0', /is all IPv4 traffic/],
    ['169.254.7.0/24', /link-local/],
  ] as const)
    test(`of ${pool} is refused, and nothing is shared with it`, async ({ page, open }) => {
      await open(dataCenter);
      const tab = gatewayTab(page);
      await tab.pool.fill(pool);
      await expect(tab.pool).toHaveAccessibleDescription(reason);
      await expect(tab.pool).toHaveAttribute('aria-invalid', 'true');
      await expect(tab.share).toHaveAccessibleDescription(/Choose an address pool/);
    });

  test('is mended by the button that says how', async ({ page, open }) => {
    await open(dataCenter);
    const tab = gatewayTab(page);
    await tab.pool.fill('10.201.0.9/24');
    await page.getByRole('button', { name: 'Use 10.201.0.0/24' }).click();
    await expect(tab.pool).toHaveValue('10.201.0.0/24');
    await expect(tab.pool).toHaveAttribute('aria-invalid', 'false');
  });

  test('that is smaller than the replicas there are says so', async ({ page, open }) => {
    await open(`${dataCenter}?pool=10.201.0.0/29`);
    await expect(page.getByText('10.201.0.0/29 has 6 addresses for 12 replicas.')).toBeVisible();
  });
});

test('copies and downloads hold what is shown, under the names of the gateway’s files', async ({
  page,
  open,
}) => {
  await open(`${dataCenter}?kind=strongswan-ipsec`);
  const tab = gatewayTab(page);
  const document = renderGateway('strongswan-ipsec', companyDataCenter);
  await tab.copyAll.click();
  await expect(tab.choices.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await clipboard(page)).toBe(documentText(document));
  const [conf, secrets] = document.parts.map(partText);
  await page.getByRole('button', { name: 'Copy /etc/ipsec.secrets' }).click();
  await expect.poll(() => clipboard(page)).toBe(secrets);
  expect(await downloadBy(page, page.getByRole('button', { name: 'Download /etc/ipsec.conf' }))).toEqual({
    name: 'ipsec.conf',
    text: conf,
  });
  expect(await downloadBy(page, tab.download)).toEqual({
    name: 'culvert-company-data-center-strongswan-ipsec.txt',
    text: documentText(document),
  });
});

test('on paper there is the configuration and nothing that can only be pressed', async ({ page, open }) => {
  await open(berlin);
  const tab = gatewayTab(page);
  await expect(tab.links).toBeVisible();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('heading', { level: 1, name: 'Berlin office' })).toBeVisible();
  await expect(tab.part('/etc/ipsec.conf')).toBeVisible();
  for (const pressed of [tab.choices, tab.links, page.getByRole('link', { name: 'VPNs' }).first()])
    await expect(pressed).toBeHidden();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('everything fits, and sharing works', async ({ page, open }) => {
    await open(`${berlin}?kind=opnsense`);
    const tab = gatewayTab(page);
    await expect(tab.part('In OPNsense')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await tab.share.click();
    await expect(page.getByRole('dialog', { name: 'Share with the network admin' })).toBeVisible();
  });
});
