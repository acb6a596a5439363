import { expect, type Locator, type Page } from '@playwright/test';
import { rowOf } from '../dashboard/table.ts';
import type { Company } from '../lab/company.ts';

export async function signIn(page: Page, { admin }: Pick<Company, 'admin'>): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/teams\//);
}

export const section = (page: Page, name: string): Locator => page.getByRole('group', { name });

/** The first admin of a server that the browser sets up. */
export const admin = { email: 'ada@example.com', password: 'tunnels all the way down' };

/** Makes the first account by the link that a new server prints. */
export async function setUp(page: Page, setupUrl: string, account: typeof admin): Promise<void> {
  await page.goto(setupUrl);
  await page.getByLabel('Team').fill('Platform team');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Set up Culvert' }).click();
  await expect(page).toHaveURL(/\/teams\/[^/]+\//);
}

/** Goes to one of the team's pages. */
export const visit = (page: Page, name: string): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Team pages' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();

/** Opens a tab of the VPN or workspace with this name. */
export const openTab = (page: Page, of: string, name: string): Promise<void> =>
  page.getByRole('navigation', { name: of, exact: true }).getByRole('link', { name, exact: true }).click();

/** Makes the chips of a field exactly these. */
export async function fillChips(field: Locator, page: Page, values: readonly string[]): Promise<void> {
  await field.focus();
  const scope = field.locator('xpath=..');
  const removers = scope.getByRole('button', { name: /^Remove / });
  while ((await removers.count()) > 0) await removers.first().click();
  for (const value of values) {
    await field.pressSequentially(value);
    await page.keyboard.press('Enter');
  }
}

/** Makes the cipher suites of a phase exactly these, by typing their keywords. */
async function fillSuites(phase: Locator, suites: readonly string[]): Promise<void> {
  const list = phase.getByRole('list', { name: 'Cipher Suites' });
  const removers = list.getByRole('button', { name: /^Remove / });
  while ((await removers.count()) > 0) await removers.first().click();
  for (const suite of suites) {
    await phase.getByRole('button', { name: 'Type keywords' }).click();
    const keywords = phase.getByRole('textbox', { name: 'Keywords' });
    await keywords.fill(suite);
    await keywords.press('Enter');
  }
  await expect(list.getByRole('code')).toHaveText([...suites]);
}

export const fillIkeSuites = (page: Page, suites: readonly string[]): Promise<void> =>
  fillSuites(section(page, 'IKE settings'), suites);
export const fillEspSuites = (page: Page, suites: readonly string[]): Promise<void> =>
  fillSuites(section(page, 'ESP settings'), suites);
export const subnets = (page: Page): Locator =>
  section(page, 'Network Settings').getByRole('textbox', { name: 'Peer Subnet(s)' });

/** A replica's row in the table of connected workspaces. */
export const replicaRow = (page: Page, name: string): Locator =>
  rowOf(page.getByRole('table', { name: 'Connected workspaces' }), name);

/** Waits until these replicas show their tunnels up, without reloading. */
export async function expectUp(page: Page, replicas: readonly string[], timeout = 20_000): Promise<void> {
  for (const replica of replicas) {
    await expect(replicaRow(page, replica).getByText('Up', { exact: true })).toBeVisible({ timeout });
  }
}

/** Runs a verification in the Verify tab and expects every replica to succeed. */
export async function verify(
  page: Page,
  check: { address: string; port?: number; replicas: readonly string[] },
): Promise<void> {
  await page.getByRole('link', { name: 'Verify' }).click();
  await page.getByLabel('Address').fill(check.address);
  await page.getByLabel('TCP port (optional)').fill(check.port === undefined ? '' : String(check.port));
  await page.getByRole('button', { name: 'Run' }).click();
  const results = page.getByRole('table', { name: 'Results by replica' });
  for (const replica of check.replicas) {
    await expect(rowOf(results, replica)).toContainText(
      check.port === undefined ? /Answered in [\d.]+ ms/ : /Connected in [\d.]+ ms/,
      { timeout: 15_000 },
    );
  }
}

/** Saves the edit form and agrees to how the change reaches the replicas as it is suggested. */
export async function saveAndApply(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save VPN' }).click();
  await page.getByRole('button', { name: /^Save and / }).click();
  await expect(page).toHaveURL(/\/overview$/);
}
