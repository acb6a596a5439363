import type { Page } from '@playwright/test';
import { mock } from '../mock/play.ts';
import { type Shot, team } from './shot.ts';

const ports = (workspace: string, search = '') => team(`/workspaces/${workspace}/ports${search}`);
const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).click();
};
const askAbout = (menu: string, action: string) => async (page: Page) => {
  await press(menu)(page);
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  await page.getByRole('dialog').waitFor();
};
const refused = async (page: Page) => {
  await page.getByRole('alert').waitFor();
};

const panel: Shot[] = [
  { name: 'ports-full', scenario: 'mixed', path: ports('storefront') },
  { name: 'ports-ignored', scenario: 'mixed', path: ports('storefront', '?ignored=shown') },
  {
    name: 'ports-visibility-menu',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await press('Organization, visibility of port 5173')(page);
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'ports-confirm-public',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await press('Private, visibility of port 3000')(page);
      await page.getByRole('menuitemradio', { name: 'Public' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'ports-add',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await press('Add port')(page);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'ports-row-menu',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await press('Actions for port 8080')(page);
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'ports-selected',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await page.getByRole('checkbox', { name: 'Select port 5173' }).check();
      await page.getByRole('checkbox', { name: 'Select port 8080' }).check();
      await page.getByRole('button', { name: /^Stop forwarding \d/ }).waitFor();
    },
  },
  {
    name: 'ports-label',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: askAbout('Actions for port 5173', 'Edit label'),
  },
  {
    name: 'ports-switch-protocol',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: askAbout('Actions for port 8080', 'Switch to HTTPS'),
  },
  {
    name: 'ports-stop-several',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await page.getByRole('checkbox', { name: 'Select port 3000' }).check();
      await page.getByRole('checkbox', { name: 'Select port 8080' }).check();
      await press('Stop forwarding 2 ports')(page);
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'ports-old-link', scenario: 'mixed', path: ports('storefront', '?port=4711&protocol=https') },
  { name: 'ports-marked', scenario: 'mixed', path: ports('storefront', '?port=8080') },
  {
    name: 'ports-refused',
    scenario: 'mixed',
    path: ports('storefront'),
    faults: 'status=503&method=PATCH',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Private, visibility of port 3000' }).click();
      await page.getByRole('menuitemradio', { name: 'Organization', exact: true }).click();
      await page.getByRole('table', { name: 'Ports', exact: true }).getByRole('alert').waitFor();
    },
  },
  {
    name: 'ports-changed-meanwhile',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Private, visibility of port 3000' }).waitFor();
      mock(page).cutStream();
      await mock(page).someoneChangesPort('ada', 'storefront', 3000, { label: 'Shop' });
      await page.getByRole('button', { name: 'Private, visibility of port 3000' }).click();
      await page.getByRole('menuitemradio', { name: 'Organization', exact: true }).click();
      await page.getByText('Port 3000 was changed in the meantime').waitFor();
    },
  },
  {
    name: 'ports-devcontainer-problem',
    scenario: 'mixed',
    path: ports('storefront'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Private, visibility of port 3000' }).waitFor();
      mock(page).declarePorts('storefront-1', {
        problem: '.devcontainer/devcontainer.json, line 3, column 18: a comma is expected.',
      });
      await page.getByText('a comma is expected.').waitFor();
    },
  },
  { name: 'ports-notice', scenario: 'mixed', path: ports('checkout') },
  { name: 'ports-notices', scenario: 'ports-ended', path: ports('billing-api') },
  {
    name: 'ports-forbidden',
    scenario: 'ports-forbidden',
    path: ports('billing-api'),
    prepare: async (page) => {
      await press('Private, visibility of port 3000')(page);
      await page.getByRole('menu').waitFor();
    },
  },
  { name: 'ports-many', scenario: 'ports-many', path: ports('billing-api') },
  { name: 'ports-nothing-listens', scenario: 'mixed', path: ports('design-system') },
  { name: 'ports-no-replica', scenario: 'mixed', path: ports('docs') },
  { name: 'ports-replica-offline', scenario: 'mixed', path: ports('preview-412') },
  { name: 'ports-of-another-seen-by-an-admin', scenario: 'mixed', path: ports('billing-api') },
  { name: 'ports-of-another', scenario: 'member', path: ports('storefront') },
  { name: 'ports-of-another-not-shared', scenario: 'member', path: ports('reports') },
  { name: 'ports-no-domain', scenario: 'no-ports-domain', path: ports('storefront') },
  { name: 'ports-loading', scenario: 'mixed', path: ports('storefront'), faults: 'hold=1&match=/ports' },
  {
    name: 'ports-error',
    scenario: 'mixed',
    path: ports('storefront'),
    faults: 'status=503&match=/ports',
    prepare: refused,
  },
];

const shared: Shot[] = [
  { name: 'shared-ports', scenario: 'mixed', path: team('/ports') },
  { name: 'shared-ports-notices', scenario: 'ports-ended', path: team('/ports') },
  { name: 'shared-ports-member', scenario: 'member', path: team('/ports') },
  { name: 'shared-ports-empty', scenario: 'empty', path: team('/ports') },
  { name: 'shared-ports-no-match', scenario: 'mixed', path: team('/ports?search=nowhere') },
  { name: 'shared-ports-no-domain', scenario: 'no-ports-domain', path: team('/ports') },
  { name: 'shared-ports-large', scenario: 'large', path: team('/ports') },
  { name: 'shared-ports-loading', scenario: 'mixed', path: team('/ports'), faults: 'hold=1&match=/ports' },
  {
    name: 'shared-ports-error',
    scenario: 'mixed',
    path: team('/ports'),
    faults: 'status=503&match=/ports',
    prepare: refused,
  },
  {
    name: 'shared-ports-selected',
    scenario: 'mixed',
    path: team('/ports'),
    prepare: async (page) => {
      await page.getByRole('checkbox', { name: 'Select port 8080 of billing-api' }).check();
      await page.getByRole('checkbox', { name: 'Select port 3000 of preview-412' }).check();
      await page.getByRole('group', { name: 'Selected ports' }).waitFor();
    },
  },
  {
    name: 'shared-ports-make-private',
    scenario: 'mixed',
    path: team('/ports'),
    prepare: async (page) => {
      await press('Actions for port 8080 of billing-api')(page);
      await page.getByRole('menuitem', { name: 'Make private' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'shared-ports-stop-several',
    scenario: 'mixed',
    path: team('/ports'),
    prepare: async (page) => {
      await page.getByRole('checkbox', { name: 'Select port 8080 of billing-api' }).check();
      await page.getByRole('checkbox', { name: 'Select port 3000 of preview-412' }).check();
      await press('Stop forwarding')(page);
      await page.getByRole('dialog').waitFor();
    },
  },
];

const policy: Shot[] = [
  {
    name: 'policy-forbid-public',
    scenario: 'mixed',
    path: team('/settings'),
    prepare: async (page) => {
      await page.getByRole('switch', { name: 'Public ports' }).click();
      await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    },
  },
  { name: 'policy-forbidden', scenario: 'ports-forbidden', path: team('/settings') },
  { name: 'policy-member', scenario: 'member', path: team('/settings') },
];

/** Every state of the ports of a workspace, of the team’s list of what is shared, and of its policy. */
export const portShots: readonly Shot[] = [...panel, ...shared, ...policy];
