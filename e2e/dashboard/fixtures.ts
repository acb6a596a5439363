import { test as base } from '@playwright/test';
import { show } from '../mock/play.ts';
import { type MockServer, type Play, startMockServer } from '../mock/server.ts';
import { watchConsole } from './watchConsole.ts';

export { expect } from '@playwright/test';
export { mock } from '../mock/play.ts';

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
  /** The scenario, as it goes on outside the page. */
  play: Play;
  /** The team's id; empty where there is no team yet. */
  teamId: string;
};

type WorkerFixtures = { mockServer: MockServer };

/** A page on the mock. A test fails where the page logs an error, whatever else it checks. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  scenario: ['mixed', { option: true }],
  signedInAs: [null, { option: true }],
  faults: ['', { option: true }],

  mockServer: [
    async ({}, use) => {
      const server = await startMockServer();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ mockServer }, use) => {
    await use(mockServer.url);
  },

  play: async ({ mockServer, scenario, signedInAs }, use) => {
    const play = await mockServer.begin({ scenario, signedInAs });
    await use(play);
    await play.end();
    base.expect(play.errors, 'failures of the server').toEqual([]);
  },

  teamId: async ({ play }, use) => {
    await use(play.teamId ?? '');
  },

  context: async ({ context, play, faults }, use) => {
    await show(context, play, faults);
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
