import { failed, type Shot, team } from './shot.ts';

const settings = team('/settings/sign-in');

export const signInShots: Shot[] = [
  { name: 'sign-in-providers', scenario: 'company-signed-out', path: '/sign-in?problem=email_taken' },
  { name: 'sign-in-settings', scenario: 'company-sign-in', path: settings },
  {
    name: 'sign-in-settings-loading',
    scenario: 'company-sign-in',
    path: settings,
    faults: 'hold=1&match=/sign-in-provider',
  },
  {
    name: 'sign-in-settings-failing',
    scenario: 'company-sign-in',
    path: settings,
    faults: 'status=503&match=/sign-in-provider',
    prepare: failed,
  },
  {
    name: 'sign-in-test',
    scenario: 'empty',
    path: `${settings}?form=open`,
    prepare: async (page) => {
      await page.getByLabel('Name').fill('Example login');
      await page.getByLabel('Issuer').fill('https://login.example.com');
      await page.getByLabel('Client id').fill('culvert');
      await page.getByLabel('Client secret', { exact: true }).fill('an older secret');
      await page.getByRole('button', { name: 'Test these settings' }).click();
      await page.getByRole('region', { name: 'Test of the settings' }).waitFor();
    },
  },
];
