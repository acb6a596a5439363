import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { vpnForm } from '../dashboard/vpnForm.ts';
import { labKey, type Company } from '../lab/company.ts';
import { removeVpns, runGateway } from '../lab/companyVpns.ts';
import { variantOfGuide } from '../lab/gatewayConf.ts';
import { expect, test } from './fixtures.ts';
import { fillChips, subnets } from './pages.ts';

const panelOf = (page: Page) => page.getByRole('region', { name: 'Test with a replica' });

/** How many charons run on the first replica. */
async function charons({ lab }: Company): Promise<number> {
  const processes = await lab.replica(1).processes();
  const names = await Promise.all(
    processes.map(({ pid }) => readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')),
  );
  return names.filter((name) => name.trim() === 'charon').length;
}

test('a new VPN is tested from the form with the wrong key, then with the right one, and a test can be stopped', async ({
  page,
  open,
  company,
}) => {
  await removeVpns(company);
  await runGateway(company, variantOfGuide({ ikeVersion: 2 }));
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.name.fill('Company data center');
  await form.preSharedKey.fill('not-the-key-of-the-gateway-1');
  await form.peerIp.fill('1.2.3.4');
  await fillChips(subnets(page), page, ['10.250.0.0/24']);

  await page.getByRole('button', { name: 'Test with a replica' }).click();
  const panel = panelOf(page);
  await expect(panel.getByRole('button', { name: 'Replica billing-api-1' })).toBeVisible();
  await panel.getByRole('button', { name: 'Run test' }).click();
  await expect(panel.getByRole('heading', { name: 'A tunnel wouldn’t come up' })).toBeVisible();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Failed' })).toHaveText(
    /Pre-shared key and identities/,
  );
  await expect(panel.getByRole('heading', { name: 'The gateway refuses the pre-shared key' })).toBeVisible();

  await panel.getByRole('button', { name: 'Edit pre-shared key' }).click();
  await expect(form.preSharedKey).toBeFocused();
  await form.preSharedKey.fill(labKey);
  await expect(panel.getByText('The settings have changed since this test')).toBeVisible();
  await panel.getByRole('button', { name: 'Run again' }).click();
  await expect(panel.getByRole('heading', { name: 'A tunnel would come up' })).toBeVisible();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Virtual IP' })).toContainText('10.200.0.');

  await form.peerIp.fill('1.2.3.99');
  await panel.getByRole('button', { name: 'Run again' }).click();
  await expect.poll(() => charons(company)).toBe(1);
  await panel.getByRole('button', { name: 'Stop the test' }).click();
  await expect(panel.getByText('The test was stopped.')).toBeVisible();
  await expect.poll(() => charons(company), 'the replica has stopped, too').toBe(0);

  await form.peerIp.fill('1.2.3.4');
  await form.create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Company data center' })).toBeVisible();
});
