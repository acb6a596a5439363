import type { Page } from '@playwright/test';
import { expect, mock, test } from './fixtures.ts';
import { clipboard, downloadBy, gatewayTab } from './gatewayTab.ts';
import { cellOf, rowOf } from './table.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const berlin = '/vpns/Berlin%20office/gateway-config';

test('a link is made, shown once, listed and revoked', async ({ page, open }) => {
  await open(`${berlin}?kind=mikrotik&pool=10.202.0.0/24`);
  const tab = gatewayTab(page);
  await tab.share.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('MikroTik RouterOS 7 and the address pool 10.202.0.0/24');
  await dialog.getByLabel('Days until it ends').fill('3');
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const shown = dialog.getByLabel('the link', { exact: true });
  await expect(shown).toHaveText(/^http.*\/gateway-config#culv_gateway_[\w-]{43}$/);
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  expect(await clipboard(page)).toBe(await shown.innerText());
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('culv_gateway')).toBeHidden();

  await expect(await cellOf(tab.links, 'MikroTik RouterOS 7', 'Ends')).toHaveText('in 3 days');
  await expect(await cellOf(tab.links, 'MikroTik RouterOS 7', 'Last opened')).toHaveText('never');
  await expect(await cellOf(tab.links, 'MikroTik RouterOS 7', 'Address pool')).toHaveText('10.202.0.0/24');
  await page.getByRole('button', { name: 'Actions for the link for MikroTik RouterOS 7' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke link' }).click();
  await expect(page.getByText('The link no longer opens.')).toBeVisible();
  await expect(rowOf(tab.links, 'MikroTik RouterOS 7')).toHaveCount(0);
  await expect(rowOf(tab.links, 'FortiGate')).toHaveCount(1);
});

test('a link ends after one to thirty days, and the keyboard is enough to make one', async ({
  page,
  open,
}) => {
  await open(`${berlin}?dialog=share`);
  const dialog = page.getByRole('dialog', { name: 'Share with the network admin' });
  const days = dialog.getByLabel('Days until it ends');
  await expect(days).toBeFocused();
  await expect(days).toHaveValue('7');
  for (const [wrong, reason] of [
    ['31', 'Use at most 30 days.'],
    ['0', 'Use at least one day.'],
    ['', 'Enter a number of days.'],
  ] as const) {
    await days.fill(wrong);
    await page.keyboard.press('Enter');
    await expect(days).toHaveAccessibleDescription(reason);
  }
  await days.fill('30');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Link for the network admin' })).toContainText('in 1 month');
  await expect(page.getByRole('button', { name: 'Copy the link' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test.describe('when the server can’t make a link', () => {
  test.use({ faults: 'status=503&method=POST&match=/gateway-links' });

  test('the dialog says so and stays', async ({ page, open }) => {
    await open(`${berlin}?dialog=share`);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make link' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Make link' })).toBeEnabled();
  });
});

test.describe('whoever has a link', () => {
  test.use({ scenario: 'signed-out' });

  async function follow(page: Page, name: string): Promise<void> {
    const link = mock(page).links[name] ?? '';
    await page.goto(link);
  }

  test('sees the configuration without an account, by one request', async ({ page }) => {
    const link = mock(page).links['gateway'] ?? '';
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/'))
        asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await page.goto(link);
    await expect(
      page.getByRole('heading', { level: 1, name: 'Gateway configuration for Berlin office' }),
    ).toBeVisible();
    const main = page.getByRole('main');
    await expect(main).toContainText('the gateway of Platform team');
    await expect(main).toContainText(/last changed 9 days ago/);
    await expect(main).toContainText(/ends in 7 days/);
    await expect(main).toContainText('10.201.0.0/24');
    await expect(main).toContainText('<pre-shared key>');
    await expect(page.getByRole('navigation')).toHaveCount(0);
    await expect(page.getByRole('link')).toHaveCount(0);
    expect(asked).toEqual(['POST /api/v1/gateway-links/lookup']);
  });

  test('can see it for other gateways, copy it and download it', async ({ page }) => {
    await follow(page, 'gateway');
    const tab = gatewayTab(page);
    await expect(tab.kind).toHaveValue('strongswan-swanctl');
    await tab.kind.selectOption('FortiGate');
    await expect(page.getByText('config vpn ipsec phase1-interface')).toBeVisible();
    await tab.copyAll.click();
    await expect.poll(() => clipboard(page)).toContain('set ipv4-start-ip 10.201.0.1');
    const { name, text } = await downloadBy(page, tab.download);
    expect(name).toBe('culvert-berlin-office-fortigate.txt');
    expect(text).toContain('set proposal aes256gcm-prfsha384');
  });

  for (const [what, link] of [
    ['has expired', 'gatewayExpired'],
    ['was revoked', 'gatewayRevoked'],
  ] as const)
    test(`that ${what} is told whom to ask`, async ({ page }) => {
      await follow(page, link);
      await expect(
        page.getByRole('heading', { level: 1, name: 'This link doesn’t open any more' }),
      ).toBeVisible();
      await expect(page.getByRole('main')).toContainText('Ask who sent it to you for a new one');
      await expect(page.getByText('Berlin office')).toBeHidden();
    });

  for (const broken of [
    '/gateway-config',
    '/gateway-config#culv_gateway_nothing',
    '/gateway-config#%E0%A4%A',
  ])
    test(`whose address is ${broken} is told the same`, async ({ page }) => {
      await page.goto(broken);
      await expect(
        page.getByRole('heading', { level: 1, name: 'This link doesn’t open any more' }),
      ).toBeVisible();
    });

  test('can try again where the server doesn’t answer', async ({ page }) => {
    const link = mock(page).links['gateway'] ?? '';
    await page.goto(link.replace('#', '?__fault=status%3D503%26match%3D/gateway-links/lookup#'));
    await expect(page.getByRole('alert')).toContainText('The configuration can’t be loaded');
    mock(page).setFaults('');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(
      page.getByRole('heading', { name: 'Gateway configuration for Berlin office' }),
    ).toBeVisible();
  });

  test('can read it on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await follow(page, 'gateway');
    await expect(page.getByText('connections {')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
