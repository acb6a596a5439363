import type { Page } from '@playwright/test';
import { violations } from '../axe.ts';
import { expect, test } from './portFixtures.ts';
import { expectExplained, expectWarned } from './portSteps.ts';

/** Checks the gateway’s page that is shown for those who don’t see it, light and dark, and that a phone has room for it. */
async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await violations(page)).toEqual([]);
  // The same elements: only what depends on colours can differ.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, ['color-contrast'])).toEqual([]);
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, 'nothing stands beyond the edge').toBeLessThanOrEqual(390);
  if (viewport) await page.setViewportSize(viewport);
}

test('the warning before a public port has no accessibility violation', async ({ workspace, pageOf }) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(null);
  await page.goto(await workspace.share(3000, 'public'));
  await expectWarned(page);
  await expectAccessible(page);
});

test('the pages of ports that can’t be served have no accessibility violation', async ({
  company,
  workspace,
  pageOf,
}) => {
  const page = await pageOf(company.people.owner);
  await page.goto(await workspace.share(3000, 'private'));
  await expectExplained(page, 'notListening');
  await expectAccessible(page);

  await workspace.app({ port: 3443, tls: true });
  await page.goto(await workspace.share(3443, 'private'));
  await expectExplained(page, 'wrongProtocol');
  await expectAccessible(page);

  const empty = await company.workspace(0);
  await page.goto(await empty.share(3000, 'private'));
  await expectExplained(page, 'noReplica');
  await expectAccessible(page);
  await empty.close();

  await workspace.down();
  await page.goto((await workspace.port(3000))?.url ?? '');
  await expectExplained(page, 'offline');
  await expectAccessible(page);
});

test('the pages of refused visits have no accessibility violation', async ({ company, pageOf }) => {
  const port = `http://aaaaaaaaaa.localhost:${company.server.port}`;
  const page = await pageOf(company.people.colleague);
  await page.goto(port);
  await expectExplained(page, 'missing');
  await expectAccessible(page);
  await page.goto(`${port}/.culvert/callback?code=x&flow=y`);
  await expectExplained(page, 'startedElsewhere');
  await expectAccessible(page);
});
