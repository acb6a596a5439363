import { failed, type Shot, team } from './shot.ts';

const teamSecrets = team('/settings/secrets');

/** Secrets of the team, of oneself, and what the replicas of a workspace run with. */
export const secretShots: readonly Shot[] = [
  { name: 'secrets-team', scenario: 'secrets', path: teamSecrets },
  { name: 'secrets-loading', scenario: 'secrets', path: teamSecrets, faults: 'hold=1&match=/secrets' },
  {
    name: 'secrets-failing',
    scenario: 'secrets',
    path: teamSecrets,
    faults: 'status=503&match=/secrets',
    prepare: failed,
  },
  {
    name: 'secrets-add-refused',
    scenario: 'secrets',
    path: `${teamSecrets}?dialog=add`,
    prepare: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('api-key');
      await page.getByText('Only these').click();
      await page.getByRole('button', { name: 'Add secret', exact: true }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  { name: 'secrets-workspace', scenario: 'secrets', path: team('/workspaces/storefront/replicas') },
];
