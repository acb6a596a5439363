import { test as base, type JSHandle, type Page } from '@playwright/test';
import type { MockControl } from '../../mocks/page/control.ts';
import { serveDashboard } from './serve.ts';
import { watchConsole } from './watchConsole.ts';

export { expect } from '@playwright/test';

type Options = {
  /** What the mock holds: a name of mocks/scenarios/scenarios.ts. */
  scenario: string;
  /** Who is signed in: a name of mocks/world/people.ts, `nobody`, or null for the scenario's own. */
  signedInAs: string | null;
  /** Faults from the first request on, as mocks/faults/faults.ts reads them. */
  faults: string;
};

type Fixtures = {
  /** Opens a path inside the team: `open('/vpns')`. */
  open: (path: string) => Promise<void>;
};

type WorkerFixtures = {
  dashboardUrl: string;
  /** The id that the team has in every scenario. */
  teamId: string;
};

/** A page on the mock. A test fails where the page logs an error, whatever else it checks. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  scenario: ['mixed', { option: true }],
  signedInAs: [null, { option: true }],
  faults: ['', { option: true }],

  dashboardUrl: [
    async ({}, use) => {
      const server = await serveDashboard();
      await use(server.url);
      await server.close();
    },
    { scope: 'worker' },
  ],

  teamId: [
    async ({ browser, dashboardUrl }, use) => {
      const page = await browser.newPage();
      await page.goto(`${dashboardUrl}/?scenario=empty`);
      await page.waitForURL(/\/teams\/[^/]+/);
      const id = /\/teams\/([^/]+)/.exec(page.url())?.[1];
      await page.context().close();
      if (id === undefined) throw new Error('The dashboard led to no team.');
      await use(id);
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ dashboardUrl }, use) => {
    await use(dashboardUrl);
  },

  context: async ({ context, dashboardUrl, scenario, signedInAs, faults }, use) => {
    const cookies = { 'culvert-scenario': scenario, 'culvert-as': signedInAs, __fault: faults };
    await context.addCookies(
      Object.entries(cookies)
        .filter((cookie): cookie is [string, string] => cookie[1] !== null && cookie[1] !== '')
        .map(([name, value]) => ({ name, value: encodeURIComponent(value), url: dashboardUrl })),
    );
    await use(context);
  },

  page: async ({ page }, use) => {
    const errors = watchConsole(page);
    await use(page);
    base.expect(errors, 'errors in the console').toEqual([]);
  },

  open: async ({ page, teamId }, use) => {
    await use(async (path) => {
      await page.goto(`/teams/${teamId}${path}`);
    });
  },
});

/**
 * The mock's control in the page, to let something happen outside it:
 * `await (await mock(page)).evaluate((control) => control.replicaLeaves('reports-1'))`.
 */
export async function mock(page: Page): Promise<JSHandle<MockControl>> {
  await page.waitForFunction(() => window.culvertMock !== undefined);
  return await page.evaluateHandle(() => {
    if (window.culvertMock === undefined) throw new Error('The mock hasn’t started.');
    return window.culvertMock;
  });
}
