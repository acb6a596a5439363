import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { rowOf } from '../dashboard/table.ts';
import { ServerProcess } from '../lab/serverProcess.ts';
import { admin, openTab, setUp, signIn, visit } from './pages.ts';

/** What `npm start` runs, on a data folder of its own. */
const test = base.extend<{ everything: ServerProcess }>({
  baseURL: async ({}, use, { parallelIndex }) => {
    await use(`http://localhost:${8640 + parallelIndex}`);
  },
  everything: async ({}, use, { parallelIndex }) => {
    const data = await mkdtemp(join(tmpdir(), 'culvert-start-'));
    const everything = new ServerProcess({ port: 8640 + parallelIndex, data, script: 'scripts/start.ts' });
    await use(everything);
    await everything.stop();
    await rm(data, { recursive: true, force: true });
  },
});

test('npm start leads to a first account, with this machine as a workspace; a second start is as it was', async ({
  page,
  browser,
  context,
  everything,
}) => {
  const { setupUrl } = await everything.start();
  if (setupUrl === null) throw new Error('A new server printed no setup link.');
  await setUp(page, setupUrl, admin);

  await visit(page, 'Workspaces');
  await page.getByRole('link', { name: 'this-machine' }).click();
  await openTab(page, 'this-machine', 'Replicas');
  const replica = rowOf(page.getByRole('table', { name: 'Replicas' }), 'this-machine-1');
  await expect(replica).toContainText('Online', { timeout: 60_000 });
  await expect(replica).toContainText(/strongSwan 5\.9/);

  // The link is spent: a stranger who finds it gets nothing.
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(setupUrl);
  await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(stranger.getByRole('button', { name: 'Set up Culvert' })).toBeHidden();
  await stranger.context().close();

  await everything.stop();
  expect(await everything.start()).toEqual({ setupUrl: null });
  await context.clearCookies();
  await signIn(page, { admin });
  await visit(page, 'Workspaces');
  await page.getByRole('link', { name: 'this-machine' }).click();
  await openTab(page, 'this-machine', 'Replicas');
  await expect(replica).toContainText('Online', { timeout: 60_000 });
});
