import { diagnoses, explainDiagnosis } from '../../contract/diagnoses.ts';
import { diagnosisReport, ikeVersionOf } from '../../mocks/agents/diagnosisReport.ts';
import { berlinOffice, companyDataCenter } from '../../mocks/scenarios/vpns.ts';
import { expect, test } from './fixtures.ts';
import { cellOf } from './table.ts';

/** Every way a tunnel can go wrong explains itself in the replica's row, with the texts of the one table. */
for (const { code, severity } of diagnoses.filter((row) => row.code !== 'unsupported'))
  test.describe(code, () => {
    test.use({ scenario: `fail-${code}` });
    test('is explained in place', async ({ page, open }) => {
      const vpn = ikeVersionOf(code) === 1 ? companyDataCenter : berlinOffice;
      const { title, short, here, gateway } = explainDiagnosis(diagnosisReport(code), vpn, 'billing-api-2');
      await open(`/vpns/${encodeURIComponent(vpn.name)}/workspaces`);
      const panel = page.getByRole('group', { name: title });
      await expect(panel).toBeVisible();
      const table = page.getByRole('table', { name: 'Connected workspaces' });
      const state = severity === 'failure' ? short : new RegExp(`^Up, ${short}$`, 'i');
      await expect(await cellOf(table, 'billing-api-2', 'Tunnel')).toHaveText(state);
      await expect(panel).toContainText(here.text);
      if (here.action !== null)
        await expect(panel.getByRole('link', { name: here.action.label })).toBeVisible();
      if (here.command !== null) await expect(panel).toContainText(here.command);
      await expect(panel.getByRole('button', { name: 'Copy for the network admin' })).toHaveCount(
        gateway === null ? 0 : 1,
      );
    });
  });

test.describe('what is copied for the network admin', () => {
  test.use({ scenario: 'fail-esp_suite_refused', permissions: ['clipboard-read', 'clipboard-write'] });
  test('is complete in itself', async ({ page, open }) => {
    await open('/vpns/Company%20data%20center/workspaces');
    await page.getByRole('button', { name: 'Copy for the network admin' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    for (const part of ['1.2.3.4', 'aes256-sha256-modp2048', 'NO_PROPOSAL_CHOSEN'])
      expect(copied).toContain(part);
  });
});

test.describe('an offline replica', () => {
  test.use({ scenario: 'offline' });
  test('shows the last known state and since when', async ({ page, open }) => {
    await open('/vpns/Company%20data%20center/workspaces');
    await expect(page.getByRole('cell', { name: 'Replica offline, was up' })).toBeVisible();
    await expect(page.getByText('offline for 12 min')).toBeVisible();
  });
});

test.describe('a machine that can’t do IPsec', () => {
  test.use({ scenario: 'unsupported' });
  test('says why, and the command that mends it', async ({ page, open }) => {
    await open('/vpns/Company%20data%20center/workspaces');
    await expect(page.getByRole('main')).toContainText('CAP_NET_ADMIN is missing');
    await expect(page.getByRole('main')).toContainText('docker run --cap-add NET_ADMIN');
    await open('/workspaces/this-machine/replicas');
    await expect(page.getByRole('group', { name: 'this-machine-1 can’t do IPsec' })).toBeVisible();
  });
});
