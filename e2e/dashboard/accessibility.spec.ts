import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { shots, pathOf } from '../screenshots/shots.ts';
import { expect, mock, test } from './fixtures.ts';

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const colorSchemes = ['light', 'dark'] as const;

/** Where a scenario's pages are, once one of its pages has been opened in this worker. */
const linksOf = new Map<string, Record<string, string>>();

/** Every state of every page that is shot for people is checked for those who don't see it. */
for (const shot of shots)
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
      const found: string[] = [];
      for (const viewport of widths) {
        await page.setViewportSize(viewport);
        await page.goto(pathOf(shot, { teamId, links }));
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        if (!shot.faults?.includes('hold')) await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
        await shot.prepare?.(page);
        for (const colorScheme of colorSchemes) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          // The second scheme shows the same elements: only what depends on colours can differ.
          const texts = await violations(page, colorScheme === 'light' ? 'all' : 'colors');
          found.push(...texts.map((text) => `${colorScheme} ${viewport.width}: ${text}`));
        }
      }
      expect(found).toEqual([]);
    });
  });

async function violations(page: Page, rules: 'all' | 'colors'): Promise<string[]> {
  // No frames of other origins in any page, so axe doesn't have to put its report together in a page of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations: all } = await (
    rules === 'all' ? axe : axe.withRules(['color-contrast', 'link-in-text-block'])
  ).analyze();
  return all.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}) at ${target.join(' ')}`),
  );
}
