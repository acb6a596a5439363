import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { valuesOf, vpnForm } from './vpnForm.ts';

test.use({ scenario: 'empty' });

const guide = readFileSync(new URL('../lab/guide-ipsec.conf', import.meta.url), 'utf8');
const key = 'R5v8pQz2mLw9Tc4KdXj7Ne';
const office = `${guide.replace('0.0.0.0/0', '10.250.0.0/24')}  dpddelay=45s\n1.2.3.4 %any : PSK "${key}"\n`;

/** The dialog, and what is in it at either step. */
function importDialog(page: Page) {
  const dialog = page.getByRole('dialog');
  return {
    dialog,
    text: dialog.getByLabel('The gateway’s configuration'),
    chooser: dialog.getByLabel('The gateway’s file'),
    read: dialog.getByRole('button', { name: 'Read it' }),
    fill: dialog.getByRole('button', { name: 'Fill the form' }),
    back: dialog.getByRole('button', { name: 'Back to the text' }),
    urgent: dialog
      .getByRole('list', { name: 'Lines that were refused or aren’t known' })
      .getByRole('listitem'),
    lines: dialog.getByRole('list', { name: 'All lines of the file' }).getByRole('listitem'),
  };
}

async function paste(page: Page, text: string) {
  const parts = importDialog(page);
  await page.getByRole('button', { name: 'Import from the gateway' }).click();
  await parts.text.fill(text);
  await parts.read.click();
  return parts;
}

test('the VPN guide’s example fills the form as it is, and what is left is to be entered', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  const parts = await paste(page, guide);
  await expect(parts.urgent).toHaveCount(1);
  await expect(parts.urgent).toContainText('leftsubnet=0.0.0.0/0');
  await expect(parts.urgent).toContainText('Refused');
  await expect(parts.lines).toHaveCount(guide.split('\n').length);
  await expect(parts.dialog).toContainText('Peer subnets: ');
  await parts.fill.click();
  await expect(parts.dialog).toBeHidden();

  const form = vpnForm(page);
  await expect(form.name).toHaveValue('workspaces');
  await expect(form.version('IKEv1')).toBeChecked();
  await expect(form.ikeLifetime).toHaveValue('1');
  await expect(form.espLifetime).toHaveValue('8');
  await expect(form.peerIp).toHaveValue('1.2.3.4');
  await expect(page.getByRole('list', { name: 'Fields from the gateway’s file' })).toContainText('Peer IP');

  await form.create.click();
  await expect(form.peerSubnets).toHaveAccessibleDescription('Add at least one subnet.');
  await form.preSharedKey.fill(key);
  await form.peerSubnets.fill('10.250.0.0/24');
  await form.peerSubnets.press('Enter');
  await form.create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'workspaces' })).toBeVisible();
});

test('nothing of the file is sent before the VPN is saved, and the key then only with it', async ({
  page,
  open,
}) => {
  const bodies: { method: string; url: string; body: string }[] = [];
  page.on('request', (request) =>
    bodies.push({ method: request.method(), url: request.url(), body: request.postData() ?? '' }),
  );
  await open('/vpns/new');
  const parts = await paste(page, office);
  await expect(parts.lines.filter({ hasText: '%any : PSK' })).toContainText('••••••••');
  await expect(parts.dialog).not.toContainText(key);
  await parts.fill.click();
  const form = vpnForm(page);
  await expect(form.preSharedKey).toHaveValue(key);
  await expect(form.preSharedKey).toHaveAttribute('type', 'password');
  expect(bodies.filter(({ url, body }) => `${url}${body}`.includes(key))).toEqual([]);
  expect(bodies.filter(({ body }) => body.includes('rightsourceip'))).toEqual([]);
  expect(page.url()).not.toContain(key);
  expect(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
  ).not.toContain(key);

  await form.create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'workspaces' })).toBeVisible();
  expect(bodies.filter(({ url, body }) => `${url}${body}`.includes('rightsourceip'))).toEqual([]);
  expect(bodies.filter(({ method, body }) => method !== 'POST' && body.includes(key))).toEqual([]);
});

test('what was typed and isn’t in the file stays, and the form is dirty', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.name.fill('Berlin office');
  await form.peerSubnets.fill('10.9.0.0/16');
  await form.peerSubnets.press('Enter');
  const parts = await paste(page, guide);
  await parts.fill.click();
  await expect(form.name).toHaveValue('Berlin office');
  expect(await valuesOf(form.network, 'Peer Subnet(s)')).toEqual(['10.9.0.0/16']);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
});

test('a field from the file is one click away', async ({ page, open }) => {
  await open('/vpns/new');
  await (await paste(page, office)).fill.click();
  const fields = page.getByRole('list', { name: 'Fields from the gateway’s file' });
  await fields.getByRole('button', { name: 'Peer IP' }).click();
  await expect(vpnForm(page).peerIp).toBeFocused();
  await fields.getByRole('button', { name: 'Peer ID' }).click();
  await expect(page.getByLabel('Peer ID', { exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(fields).toBeHidden();
});

test('a text without a connection is refused, and stays to be mended', async ({ page, open }) => {
  await open('/vpns/new');
  const parts = await paste(page, 'crypto ikev2 proposal X');
  await expect(parts.text).toHaveAttribute('aria-invalid', 'true');
  await expect(parts.text).toHaveAccessibleDescription(/No connection was found in this text/);
  await expect(parts.text).toHaveValue('crypto ikev2 proposal X');
  await parts.text.fill('');
  await parts.read.click();
  await expect(parts.text).toHaveAccessibleDescription(/Paste the gateway’s configuration/);
});

test('a file can be chosen, and the way back leads to its text', async ({ page, open }) => {
  await open('/vpns/new?dialog=import');
  const parts = importDialog(page);
  await parts.chooser.setInputFiles({
    name: 'ipsec.conf',
    mimeType: 'text/plain',
    buffer: Buffer.from(office),
  });
  await expect(parts.lines.first()).toBeVisible();
  await parts.back.click();
  await expect(parts.text).toHaveValue(office);
});

test('a file can be dropped', async ({ page, open }) => {
  await open('/vpns/new?dialog=import');
  const parts = importDialog(page);
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'ipsec.conf'));
    return data;
  }, office);
  await parts.text.dispatchEvent('dragover', { dataTransfer: transfer });
  await parts.text.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(parts.fill).toBeVisible();
});

for (const [what, name, buffer, message] of [
  ['too large', 'big.conf', Buffer.alloc(256 * 1024 + 1, '#'), 'big.conf is larger than 256 KB.'],
  ['no text', 'gateway.p12', Buffer.from([0x30, 0x82, 0xff, 0x00]), 'gateway.p12 can’t be read as text.'],
] as const)
  test(`a file that is ${what} is refused, and the text stays`, async ({ page, open }) => {
    await open('/vpns/new?dialog=import');
    const parts = importDialog(page);
    await parts.text.fill('conn office');
    await parts.chooser.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await expect(parts.text).toHaveAccessibleDescription(new RegExp(message));
    await expect(parts.text).toHaveValue('conn office');
  });

test('of several connections, one is chosen', async ({ page, open }) => {
  await open('/vpns/new');
  const second = office.replace('conn workspaces', 'conn berlin').replaceAll('1.2.3.4', '198.51.100.7');
  const parts = await paste(page, `${office}\n${second}`);
  await parts.dialog.getByLabel('Connection', { exact: true }).selectOption('berlin');
  await expect(parts.dialog.getByRole('region', { name: 'Into the form' })).toContainText('198.51.100.7');
  await parts.fill.click();
  await expect(vpnForm(page).peerIp).toHaveValue('198.51.100.7');
});

test('a team without a VPN can start from its gateway’s file', async ({ page, open }) => {
  await open('/vpns');
  await page.getByRole('link', { name: 'Create from a gateway’s file' }).click();
  await expect(importDialog(page).text).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('nothing is wider than the screen', async ({ page, open }) => {
    await open('/vpns/new');
    const parts = await paste(page, `${office}  ${'x'.repeat(300)}=1\n`);
    await expect(parts.lines.first()).toBeVisible();
    const wider = await parts.dialog.evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(wider).toBe(false);
    await expect(parts.fill).toBeInViewport();
    await parts.fill.click();
    await expect(vpnForm(page).peerIp).toHaveValue('1.2.3.4');
  });
});
