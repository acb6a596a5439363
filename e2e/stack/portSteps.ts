import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from '../lab/people.ts';
import type { WorkspaceMachines } from '../lab/workspaceMachines.ts';

/** Signs in on the page that asks for it; resolves once it has led on. */
export async function signInHere(page: Page, person: Pick<Person, 'email' | 'password'>): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Waits for the lab’s app of this name. */
export const expectApp = (page: Page, name = 'shop'): Promise<void> =>
  expect(page.getByRole('heading', { level: 1, name: `Hello from ${name}`, exact: true })).toBeVisible();

/** What the gateway says instead of an answer of the app, by its heading. */
const explanations = {
  missing: 'There is no such port, or it isn’t yours',
  notListening: 'Nothing is listening on port 3000',
  offline: 'The workspace is not connected',
  noReplica: 'The workspace has no replica',
  wrongProtocol: 'Port 3443 doesn’t speak HTTP',
  startedElsewhere: 'This sign-in was not started in this browser',
} as const;

export const expectExplained = (page: Page, what: keyof typeof explanations): Promise<void> =>
  expect(page.getByRole('heading', { level: 1, name: explanations[what] })).toBeVisible();

/** Waits for the warning before the first visit to a public port. */
export const expectWarned = (page: Page): Promise<void> =>
  expect(
    page.getByRole('heading', { level: 1, name: 'You are about to open somebody’s development server' }),
  ).toBeVisible();

/** Opens a public port’s address for the first time in this browser: reads the warning and goes on. */
export async function visitPublic(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expectWarned(page);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Opens the Ports tab of a workspace. */
export async function openPorts(page: Page, { path, name }: WorkspaceMachines): Promise<void> {
  await page.goto(`${path}/ports`);
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Ports' })).toBeVisible();
}

export const portsTable = (page: Page): Locator => page.getByRole('table', { name: 'Ports' });

/** Picks from the menu that is open. */
export const choose = (page: Page, name: string): Promise<void> =>
  page
    .getByRole('menu')
    .getByRole(/^Private|^Organization|^Public/.test(name) ? 'menuitemradio' : 'menuitem', {
      name: new RegExp(`^${name}`),
    })
    .click();
