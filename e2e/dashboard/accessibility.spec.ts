import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { shots, pathOf } from '../screenshots/shots.ts';
import { expect, mock, test } from './fixtures.ts';

const widths = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
} as const;

/** Where a scenario's pages are, once one of its pages has been opened in this worker. */
const linksOf = new Map<string, Record<string, string>>();

/**
 * Every state of every page that is shot for people is checked for those who don't see it: in both layouts and both colour
 * schemes, and by turns with the next state, in which layout has which.
 */
for (const [index, shot] of shots.entries())
  test.describe(shot.name, () => {
    test.use({ scenario: shot.scenario });
    test('has no accessibility violation, light or dark, wide or narrow', async ({
      page,
      teamId,
      context,
      dashboardUrl,
    }) => {
      // The large scenario takes its time at each load and analysis.
      test.slow();
      let links = linksOf.get(shot.scenario);
      if (links === undefined) {
        await page.goto('/sign-in');
        links = await (await mock(page)).evaluate((control) => control.links);
        linksOf.set(shot.scenario, links);
      }
      await context.addCookies([
        { name: '__fault', value: encodeURIComponent(shot.faults ?? ''), url: dashboardUrl },
      ]);
      await page.setViewportSize(widths.wide);
      await page.goto(pathOf(shot, { teamId, links }));
      // A dialog that is open from the start hides the heading from roles.
      await page.locator('h1').first().waitFor();
      if (!shot.faults?.includes('hold')) await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await shot.prepare?.(page);
      const found: string[] = [];
      const look = async (colorScheme: 'light' | 'dark', width: keyof typeof widths) => {
        await page.setViewportSize(widths[width]);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const texts = await violations(page);
        found.push(...texts.map((text) => `${colorScheme} ${width}: ${text}`));
      };
      await look(index % 2 === 0 ? 'light' : 'dark', 'wide');
      await look(index % 2 === 0 ? 'dark' : 'light', 'narrow');
      expect(found).toEqual([]);
    });
  });

async function violations(page: Page): Promise<string[]> {
  // No frames of other origins in any page, so axe doesn't have to put its report together in a page of its own.
  const { violations: all } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return all.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}) at ${target.join(' ')}`),
  );
}
