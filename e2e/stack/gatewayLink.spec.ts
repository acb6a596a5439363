import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { gatewayTab } from '../dashboard/gatewayTab.ts';
import { vpnForm } from '../dashboard/vpnForm.ts';
import { ServerProcess } from '../lab/serverProcess.ts';
import { admin, openTab, setUp, visit } from './pages.ts';

const key = 'R5v8pQz2mLw9Tc4KdXj7NeUy';

/** The real server alone: what a link shows needs no replica. */
const test = base.extend<{ server: ServerProcess }>({
  baseURL: async ({}, use, { parallelIndex }) => {
    await use(`http://localhost:${8660 + parallelIndex}`);
  },
  server: async ({}, use, { parallelIndex }) => {
    const data = await mkdtemp(join(tmpdir(), 'culvert-link-'));
    const server = new ServerProcess({ port: 8660 + parallelIndex, data });
    await use(server);
    await server.stop();
    await rm(data, { recursive: true, force: true });
  },
});

test('a link shows the gateway’s configuration in a browser that knows nobody, until it is revoked', async ({
  page,
  browser,
  server,
  baseURL,
}) => {
  const { setupUrl } = await server.start();
  if (setupUrl === null) throw new Error('A new server printed no setup link.');
  await setUp(page, setupUrl, admin);
  await visit(page, 'VPNs');
  await page.getByRole('link', { name: '+ Create VPN' }).first().click();
  const form = vpnForm(page);
  await form.name.fill('Company data center');
  await form.preSharedKey.fill(key);
  await form.peerIp.fill('1.2.3.4');
  await form.peerSubnets.fill('10.250.0.0/24');
  await form.peerSubnets.press('Enter');
  await form.create.click();
  await openTab(page, 'Company data center', 'Gateway configuration');
  const tab = gatewayTab(page);
  await tab.kind.selectOption('Libreswan');
  await tab.includeKey.click();
  await tab.share.click();
  await page.getByRole('button', { name: 'Make link' }).click();
  const link = await page.getByRole('dialog').getByLabel('the link', { exact: true }).innerText();
  await page.getByRole('button', { name: 'Done' }).click();

  const stranger = await (await browser.newContext(baseURL === undefined ? {} : { baseURL })).newPage();
  const asked: string[] = [];
  const answers: Promise<string>[] = [];
  stranger.on('response', (response) => {
    if (!response.url().includes('/api/')) return;
    asked.push(`${response.request().method()} ${new URL(response.url()).pathname}`);
    answers.push(response.text());
  });
  await stranger.goto(link);
  await expect(
    stranger.getByRole('heading', { level: 1, name: 'Gateway configuration for Company data center' }),
  ).toBeVisible();
  await expect(stranger.getByRole('main')).toContainText('the gateway of Platform team');
  await expect(stranger.getByText('rightsubnet=10.250.0.0/24')).toBeVisible();
  expect(asked).toEqual(['POST /api/v1/gateway-links/lookup']);
  expect((await Promise.all(answers)).join()).not.toContain(key);
  expect(await stranger.context().cookies()).toEqual([]);

  // The admin sees that it was opened, without reloading.
  const row = tab.links.getByRole('row').filter({ hasText: 'Libreswan' });
  await expect(row).toContainText('just now');
  await page.getByRole('button', { name: 'Actions for the link for Libreswan' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke link' }).click();
  await expect(row).toHaveCount(0);
  await stranger.reload();
  await expect(
    stranger.getByRole('heading', { level: 1, name: 'This link doesn’t open any more' }),
  ).toBeVisible();
  await stranger.context().close();
  expect(server.output).not.toContain(new URL(link).hash.slice(1));
});
