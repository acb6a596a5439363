import type { Page } from '@playwright/test';
import { type Shot, team } from './shot.ts';

/** Opens the test of a VPN's form with the replica whose tunnel fails in the scenario. */
async function openTrial(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test with a replica' }).click();
  await page.getByRole('button', { name: /^Replica/ }).click();
  await page.getByRole('radio', { name: /billing-api-2/ }).waitFor();
}

export const trialShots: Shot[] = [
  {
    name: 'vpn-test-replicas',
    scenario: 'mixed',
    path: team('/vpns/Berlin%20office/edit'),
    prepare: openTrial,
  },
  {
    name: 'vpn-test-failed',
    scenario: 'fail-psk_differs_v1',
    path: team('/vpns/Company%20data%20center/edit'),
    prepare: async (page) => {
      await openTrial(page);
      await page.getByRole('radio', { name: /billing-api-2/ }).click();
      await page.getByRole('button', { name: 'Run test' }).click();
      await page.getByRole('group', { name: 'Outcome of the test' }).waitFor();
      await page.getByLabel('Pre-Shared Key', { exact: true }).fill('typed after the test');
      await page.getByText('The settings have changed since this test').waitFor();
    },
  },
];
