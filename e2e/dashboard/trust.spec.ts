import type { Page } from '@playwright/test';
import { expect, mock, test } from './fixtures.ts';
import { cellOf, rowOf } from './table.ts';

test.use({ scenario: 'pipelines' });

const settings = '/settings/trusted-repositories';
const rules = (page: Page) => page.getByRole('table', { name: 'Trusted repositories' });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const vpn = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Chosen VPNs' }).getByRole('checkbox', { name });

test.describe('in a team that trusts nobody', () => {
  test.use({ scenario: 'healthy' });

  test('the first repository is trusted by its name, and its service’s issuer with it', async ({
    page,
    open,
  }) => {
    await open(settings);
    await expect(page.getByRole('heading', { name: 'No repository is trusted' })).toBeVisible();
    await page.getByRole('link', { name: 'Trust a repository' }).click();
    const readout = page.getByRole('region', { name: 'What it lets in' });
    await expect(readout).toContainText('Name the repository.');
    await page.getByRole('button', { name: 'Trust repository' }).click();
    await expect(field(page, 'Repository')).toHaveAccessibleDescription('Enter the repository’s name.');
    await expect(page.getByRole('list', { name: 'Chosen VPNs' })).toHaveAccessibleDescription(
      'Choose at least one VPN, or all.',
    );
    await field(page, 'Repository').fill('acme/app');
    await vpn(page, 'Oslo lab').check();
    await field(page, 'Events').fill('pull_request');
    await field(page, 'Events').press('Enter');
    await expect(readout).toContainText('acme/app at GitHub Actions, on pull_request.');
    await expect(readout).toContainText('Previews with Oslo lab.');
    await page.getByRole('button', { name: 'Trust repository' }).click();

    await expect(page.getByText('acme/app: saved. Start a run of it')).toBeVisible();
    await expect(await cellOf(rules(page), 'acme/app', 'State')).toHaveText('Waiting for its first run');
    await expect(await cellOf(rules(page), 'acme/app', 'Limited to')).toHaveText('on pull_request');
    await expect(page.getByRole('table', { name: 'Issuers' })).toContainText(
      'https://token.actions.githubusercontent.com',
    );
  });

  test('an issuer that doesn’t answer is refused where it was typed', async ({ page, open }) => {
    await open(`${settings}?dialog=add-issuer`);
    const dialog = page.getByRole('dialog', { name: 'Add an issuer' });
    await dialog.getByRole('radio', { name: 'GitLab' }).check();
    const address = dialog.getByLabel('Address of the issuer');
    await expect(address).toHaveValue('https://gitlab.com');
    await address.fill('https://git.nowhere.example');
    await dialog.getByRole('button', { name: 'Add issuer' }).click();
    await expect(address).toHaveAccessibleDescription(/can’t be reached/);
    await expect(address).toHaveValue('https://git.nowhere.example');
  });
});

test('a refused run fills in the rule that lets it in, ids and all', async ({ page, open }) => {
  await open(settings);
  const refused = page.getByRole('region', { name: 'Refused lately' });
  await expect(refused.getByRole('listitem')).toHaveCount(3);
  const stranger = refused.getByRole('region', { name: 'Unknown owner' });
  await expect(stranger).toContainText('compare the ids');
  await expect(stranger.getByRole('listitem')).toContainText('acme-inc/storefront');
  await refused.getByRole('link', { name: 'Trust this repository, acme/docs' }).click();
  await expect(page.getByText('A run of acme/docs (pull_request) was refused')).toBeVisible();
  await expect(field(page, 'Repository’s id')).toHaveValue('611200');
  await expect(field(page, 'Owner’s id')).toHaveValue('90125');
  await vpn(page, 'Berlin office').check();
  await page.getByRole('button', { name: 'Trust repository' }).click();
  await expect(page.getByText('acme/docs: trusted. The next run gets in.')).toBeVisible();
  await expect(await cellOf(rules(page), 'acme/docs', 'State')).toHaveText('Trusted');
  await expect(refused.getByRole('listitem')).toHaveCount(2);
});

test('a run that its rule refuses is let in with one button', async ({ page, open }) => {
  await open(settings);
  await page.getByRole('link', { name: 'Change its rule, acme/storefront' }).click();
  await page.getByRole('button', { name: 'Let such runs in' }).click();
  await expect(page.getByRole('list', { name: 'Events' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Let such runs in' })).toBeHidden();
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect(await cellOf(rules(page), 'acme/storefront', 'Limited to')).toHaveText(
    'on pull_request or schedule',
  );
});

test('whoever came first under a typed name is confirmed by the ids', async ({ page, open }) => {
  await open(settings);
  await page.getByRole('button', { name: 'Look at its ids' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is this acme/checkout?' });
  await expect(dialog).toContainText('acme 90125');
  await expect(dialog).toContainText('acme/checkout 520833');
  await dialog.getByRole('button', { name: 'Trust this repository' }).click();
  await expect(page.getByText('acme/checkout: trusted. The next run gets in.')).toBeVisible();
  await expect(await cellOf(rules(page), 'acme/checkout', 'State')).toHaveText('Trusted');
  await expect(page.getByRole('button', { name: 'Look at its ids' })).toBeHidden();
});

test('a rule that stopped with its maker’s rights goes on for whoever takes it over', async ({
  page,
  open,
}) => {
  await open(settings);
  await expect(page.getByRole('alert')).toContainText(
    'Tomás Ruiz, who made it, is no admin of the team any more.',
  );
  await page.getByRole('link', { name: 'Take it over' }).click();
  await page.getByRole('button', { name: 'Save and take over' }).click();
  await expect(await cellOf(rules(page), 'acme/legacy-shop', 'State')).toHaveText('Trusted');
  await expect(page.getByRole('alert')).toBeHidden();

  await rowOf(rules(page), 'acme/legacy-shop').getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Stop trusting' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop trusting' }).click();
  await expect(rowOf(rules(page), 'acme/legacy-shop')).toBeHidden();
});

test('of two admins who change a rule at once, neither loses a word', async ({ page, open }) => {
  await open(settings);
  await rules(page).getByRole('link', { name: 'acme/storefront' }).click();
  await field(page, 'Branches and tags').fill('main');
  await field(page, 'Branches and tags').press('Enter');
  await mock(page).someoneChangesRule('acme/storefront', { events: ['push'] });
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect(page.getByRole('alert')).toContainText('now it lets runs on push use Company data center');
  await expect(page.getByRole('list', { name: 'Branches and tags' })).toContainText('main');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await expect(await cellOf(rules(page), 'acme/storefront', 'Limited to')).toHaveText(
    'on pull_request, from main',
  );
});
