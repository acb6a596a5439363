import type { Page } from '@playwright/test';
import { type Shot, team } from './shot.ts';

const berlin = team('/vpns/Berlin%20office');
const overview = `${berlin}/overview`;

/** Saves another ESP lifetime, up to the question how. */
const askHow = async (page: Page) => {
  await page.getByRole('group', { name: 'ESP settings' }).getByLabel('Lifetime', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Save VPN' }).click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
};
const shown = async (page: Page) => {
  await page.getByRole('region', { name: /ESP lifetime|billing-api/ }).waitFor();
};

/** A change on its way to the replicas, workspaces on their way to another VPN, and what is asked before. */
export const rolloutShots: readonly Shot[] = [
  { name: 'change-ask', scenario: 'healthy', path: `${berlin}/edit`, prepare: askHow },
  { name: 'rollout-running', scenario: 'rollout-running', path: overview, prepare: shown },
  { name: 'rollout-waiting', scenario: 'rollout-waiting', path: `${berlin}/workspaces`, prepare: shown },
  { name: 'rollout-paused', scenario: 'rollout-paused', path: `${berlin}/workspaces`, prepare: shown },
  { name: 'rollout-failed', scenario: 'rollout-failed', path: overview, prepare: shown },
  { name: 'rollout-line', scenario: 'rollout-running', path: `${berlin}/activity` },
  {
    name: 'move-ask',
    scenario: 'healthy',
    path: `${berlin}/workspaces?dialog=move`,
    prepare: async (page) => {
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'move-running-target',
    scenario: 'move-running',
    path: team('/vpns/Company%20data%20center/workspaces'),
    prepare: shown,
  },
];
