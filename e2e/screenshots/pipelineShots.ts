import { failed, type Shot, team } from './shot.ts';

const trusted = team('/settings/trusted-repositories');
const ciCd = team('/vpns/Company%20data%20center/ci-cd');

const lists = ['/issuers', '/trusted-repositories', '/pipeline-runs', '/previews'];
const held = lists.map((match) => `hold=1&match=${match}`).join();
const failing = lists.map((match) => `status=503&match=${match}`).join();

/** Whom a team trusts, and a VPN’s pipelines. */
export const pipelineShots: readonly Shot[] = [
  { name: 'trusted-repositories', scenario: 'pipelines', path: trusted },
  {
    name: 'trusted-confirm',
    scenario: 'pipelines',
    path: trusted,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Look at its ids' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'trust-repository-refused',
    scenario: 'mixed',
    path: `${trusted}/new?provider=bitbucket`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Trust repository' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  {
    name: 'trusted-rule',
    scenario: 'pipelines',
    path: trusted,
    prepare: async (page) => {
      await page.getByRole('link', { name: 'Take it over' }).click();
      await page.getByRole('button', { name: 'Save and take over' }).waitFor();
    },
  },
  { name: 'trusted-loading', scenario: 'pipelines', path: trusted, faults: held },
  { name: 'trusted-failing', scenario: 'pipelines', path: trusted, faults: failing, prepare: failed },
  { name: 'ci-cd-loading', scenario: 'pipelines', path: ciCd, faults: held },
  { name: 'ci-cd-failing', scenario: 'pipelines', path: ciCd, faults: failing, prepare: failed },
  { name: 'ci-cd', scenario: 'pipelines', path: `${ciCd}?provider=github` },
  { name: 'ci-cd-empty', scenario: 'mixed', path: `${ciCd}?provider=bitbucket` },
];
