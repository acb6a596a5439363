import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { PortsCompany } from '../lab/portsCompany.ts';
import { type Person, SignedIn } from '../lab/people.ts';
import type { WorkspaceMachines } from '../lab/workspaceMachines.ts';

export { expect } from '@playwright/test';

type Fixtures = {
  /** A workspace of the owner’s with one machine, on which nothing listens yet. */
  workspace: WorkspaceMachines;
  /** A page in a browser of its own, signed in to the dashboard as this person, or as nobody. */
  pageOf: (person: Person | null) => Promise<Page>;
};
type WorkerFixtures = {
  company: PortsCompany;
  /** Signs in once for each person, and hands out the cookie that their browser holds then. */
  sessionOf: (person: Person) => Promise<string>;
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

  sessionOf: [
    async ({ company }, use) => {
      const sessions = new Map<string, Promise<SignedIn>>();
      await use(async ({ id, email, password }) => {
        const session = sessions.get(id) ?? SignedIn.by(company.server, '/session', { email, password });
        sessions.set(id, session);
        return (await session).cookie;
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

  pageOf: async ({ browser, sessionOf }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (person) => {
      const context = await browser.newContext();
      opened.push(context);
      if (person !== null) {
        const [name = '', value = ''] = (await sessionOf(person)).split('=');
        const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;
        await context.addCookies([{ name, value, domain: 'localhost', ...attributes }]);
      }
      return await context.newPage();
    });
    for (const context of opened) await context.close();
  },
});
