import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { PortsCompany } from '../lab/portsCompany.ts';
import type { Person } from '../lab/people.ts';
import type { WorkspaceMachines } from '../lab/workspaceMachines.ts';
import { signInHere } from './portSteps.ts';

export { expect } from '@playwright/test';

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

type Fixtures = {
  /** A workspace of the owner’s with one machine, on which nothing listens yet. */
  workspace: WorkspaceMachines;
  /** A page in a browser of its own, signed in to the dashboard as this person, or as nobody. */
  pageOf: (person: Person | null) => Promise<Page>;
};
type WorkerFixtures = {
  company: PortsCompany;
  /** Signs in once for each person, and hands out what their browser holds then. */
  signedIn: (person: Person) => Promise<StorageState>;
};

/** The real server, machines with real agents, and people in browsers of their own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  company: [
    async ({}, use, { parallelIndex }) => {
      const company = await PortsCompany.start({
        prefix: `ports${parallelIndex}`,
        // On the ignore list, so that the way to the server is no row among the ports of a machine.
        port: 61_700 + parallelIndex,
      });
      await use(company);
      await company.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  signedIn: [
    async ({ browser, company }, use) => {
      const states = new Map<string, Promise<StorageState>>();
      const signIn = async (person: Person) => {
        const page = await browser.newPage({ baseURL: company.server.url });
        await page.goto('/sign-in');
        await signInHere(page, person);
        const state = await page.context().storageState();
        await page.context().close();
        return state;
      };
      await use((person) => {
        const state = states.get(person.id) ?? signIn(person);
        states.set(person.id, state);
        return state;
      });
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ company }, use) => {
    await use(company.server.url);
  },

  workspace: async ({ company }, use) => {
    const workspace = await company.workspace(1);
    await use(workspace);
    await workspace.close();
  },

  pageOf: async ({ browser, signedIn }, use) => {
    const opened: Page[] = [];
    await use(async (person) => {
      const context = await browser.newContext(
        person === null ? {} : { storageState: await signedIn(person) },
      );
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },
});
