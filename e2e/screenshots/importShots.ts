import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type Shot, team } from './shot.ts';

const guide = readFileSync(new URL('../lab/guide-ipsec.conf', import.meta.url), 'utf8');
/** The guide's example with something of every verdict in it, and its key. */
const file = `${guide}  dpddelay=45s
  leftupdown=/usr/local/bin/updown
  leftsubnets=10.250.0.7/24
  colour=green

${guide.replace('conn workspaces', 'conn berlin')}
1.2.3.4 %any : PSK "R5v8pQz2mLw9Tc4KdXj7Ne"
`;

async function review(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('The gateway’s configuration').fill(file);
  await dialog.getByRole('button', { name: 'Read it' }).click();
  await dialog.getByRole('button', { name: 'Back to the text' }).waitFor();
}

/** A gateway's own file on its way into the form. */
export const importShots: readonly Shot[] = [
  {
    name: 'vpn-import',
    scenario: 'mixed',
    path: team('/vpns/new?dialog=import'),
    prepare: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Read it' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  { name: 'vpn-import-review', scenario: 'mixed', path: team('/vpns/new?dialog=import'), prepare: review },
  {
    name: 'vpn-import-filled',
    scenario: 'mixed',
    path: team('/vpns/new?dialog=import'),
    prepare: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Fill the form' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
];
