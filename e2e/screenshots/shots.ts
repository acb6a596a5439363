import { mock } from '../mock/play.ts';
import { gatewayShots } from './gatewayShots.ts';
import { importShots } from './importShots.ts';
import { pipelineShots } from './pipelineShots.ts';
import { portShots } from './portShots.ts';
import { rolloutShots } from './rolloutShots.ts';
import { secretShots } from './secretShots.ts';
import { failed, type Shot, team } from './shot.ts';
import { signInShots } from './signInShots.ts';
import { suiteShots } from './suiteShots.ts';
import { trialShots } from './trialShots.ts';

const berlin = team('/vpns/Berlin%20office');
const dataCenter = team('/vpns/Company%20data%20center');

const accounts: Shot[] = [
  { name: 'sign-in', scenario: 'signed-out', path: '/sign-in' },
  {
    name: 'sign-in-port',
    scenario: 'signed-out',
    path: `/sign-in?to=${encodeURIComponent('/port-auth?port=k3v9q2xa7m&flow=a&challenge=b')}`,
  },
  { name: 'setup', scenario: 'setup', path: ':setup' },
  { name: 'setup-without-link', scenario: 'setup', path: '/setup' },
  { name: 'invitation', scenario: 'signed-out', path: ':invitation' },
  { name: 'reset-password', scenario: 'signed-out', path: ':reset' },
  { name: 'account', scenario: 'api-tokens', path: '/account' },
  { name: 'device', scenario: 'api-tokens', path: ':device' },
];

const vpns: Shot[] = [
  { name: 'vpns-mixed', scenario: 'mixed', path: team('/vpns') },
  { name: 'vpns-healthy', scenario: 'healthy', path: team('/vpns') },
  { name: 'vpns-empty', scenario: 'empty', path: team('/vpns') },
  { name: 'vpns-large', scenario: 'large', path: team('/vpns') },
  {
    name: 'vpns-large-failing',
    scenario: 'large',
    path: team('/vpns'),
    prepare: async (page) => {
      await page.getByText('300 VPNs').waitFor();
      mock(page).setFaults('status=503&match=/vpns');
      const alert = page.getByRole('alert');
      while (!(await alert.isVisible())) {
        await page.mouse.wheel(0, 20_000);
        await alert.waitFor({ timeout: 300 }).catch(() => undefined);
      }
      await page.mouse.wheel(0, 20_000);
    },
  },
  { name: 'vpns-no-match', scenario: 'mixed', path: team('/vpns?search=nowhere') },
  {
    name: 'vpns-error',
    scenario: 'mixed',
    path: team('/vpns'),
    faults: 'status=503&match=/vpns',
    prepare: failed,
  },
  { name: 'vpns-loading', scenario: 'mixed', path: team('/vpns'), faults: 'hold=1&match=/vpns' },
  { name: 'vpns-member', scenario: 'member', path: team('/vpns') },
  { name: 'vpn-create', scenario: 'mixed', path: team('/vpns/new') },
  {
    name: 'vpn-create-refused',
    scenario: 'mixed',
    path: team('/vpns/new'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Create VPN' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  { name: 'vpn-edit', scenario: 'mixed', path: `${berlin}/edit` },
  { name: 'vpn-overview', scenario: 'mixed', path: `${berlin}/overview` },
  { name: 'vpn-workspaces', scenario: 'mixed', path: `${berlin}/workspaces` },
  {
    name: 'vpn-timeline',
    scenario: 'mixed',
    path: `${berlin}/workspaces`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Actions for billing-api-1' }).click();
      await page.getByRole('menuitem', { name: 'Show timeline' }).click();
      await page.getByRole('list', { name: 'Events' }).waitFor();
    },
  },
  { name: 'vpn-workspaces-many', scenario: 'mixed', path: `${dataCenter}/workspaces` },
  { name: 'vpn-workspaces-none', scenario: 'mixed', path: team('/vpns/Staging%20gateway/workspaces') },
  { name: 'vpn-workspaces-warning', scenario: 'mixed', path: team('/vpns/Warehouse%20database/workspaces') },
  {
    name: 'vpn-add-workspaces',
    scenario: 'mixed',
    path: `${berlin}/workspaces`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Add Workspaces' }).click();
      await page.getByRole('dialog', { name: 'Add Workspaces' }).getByRole('checkbox').first().waitFor();
    },
  },
  { name: 'vpn-unsupported', scenario: 'unsupported', path: `${dataCenter}/workspaces` },
  { name: 'vpn-offline', scenario: 'offline', path: `${dataCenter}/workspaces` },
  { name: 'vpn-verify', scenario: 'mixed', path: `${dataCenter}/verify` },
  { name: 'vpn-activity', scenario: 'mixed', path: `${dataCenter}/activity` },
  { name: 'vpn-missing', scenario: 'mixed', path: team('/vpns/Nowhere/overview') },
];

const workspaces: Shot[] = [
  { name: 'workspaces', scenario: 'mixed', path: team('/workspaces') },
  { name: 'workspaces-empty', scenario: 'empty', path: team('/workspaces') },
  { name: 'workspaces-large', scenario: 'large', path: team('/workspaces') },
  { name: 'workspace-vpns', scenario: 'mixed', path: team('/workspaces/billing-api/vpns') },
  { name: 'workspace-replicas', scenario: 'mixed', path: team('/workspaces/billing-api/replicas') },
  { name: 'workspace-without-replica', scenario: 'mixed', path: team('/workspaces/docs/replicas') },
  { name: 'workspace-settings', scenario: 'mixed', path: team('/workspaces/billing-api/settings') },
];

const teamPages: Shot[] = [
  { name: 'members', scenario: 'mixed', path: team('/members') },
  {
    name: 'members-tokens',
    scenario: 'api-tokens',
    path: team('/members'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Actions for Ada Brandt' }).click();
      await page.getByRole('menuitem', { name: 'Show API tokens' }).click();
      await page.getByRole('dialog', { name: 'API tokens of Ada Brandt' }).waitFor();
    },
  },
  { name: 'members-member', scenario: 'member', path: team('/members') },
  { name: 'activity', scenario: 'mixed', path: team('/activity') },
  { name: 'settings', scenario: 'mixed', path: team('/settings') },
  { name: 'not-found', scenario: 'mixed', path: team('/nowhere') },
];

export const shots: readonly Shot[] = [
  ...accounts,
  ...vpns,
  ...trialShots,
  ...rolloutShots,
  ...workspaces,
  ...suiteShots,
  ...gatewayShots,
  ...importShots,
  ...portShots,
  ...pipelineShots,
  ...signInShots,
  ...secretShots,
  ...teamPages,
];

/** What a scenario is called by in addresses. */
export type Place = { teamId: string; links: Record<string, string> };

export const pathOf = (shot: Shot, { teamId, links }: Place): string =>
  links[shot.path.slice(1)] ?? shot.path.replace(':team', teamId);
