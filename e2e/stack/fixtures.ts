import { test as base } from '@playwright/test';
import { startCompany, type Company } from '../lab/company.ts';
import { signIn } from './pages.ts';

export { expect } from '@playwright/test';

type Fixtures = {
  /** Opens a path of the team, signed in as its admin. */
  open: (path: string) => Promise<void>;
};
type WorkerFixtures = { company: Company };

/** The real server, agents, gateway and tunnels; one company for all tests of a worker. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  company: [
    async ({}, use, { parallelIndex }) => {
      const company = await startCompany({ prefix: `e2e${parallelIndex}`, port: 8600 + parallelIndex });
      await use(company);
      await company.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  baseURL: async ({ company }, use) => {
    await use(company.server.url);
  },

  open: async ({ page, company }, use) => {
    await signIn(page, company);
    await use(async (path) => {
      await page.goto(`${company.team}${path}`);
    });
  },
});
