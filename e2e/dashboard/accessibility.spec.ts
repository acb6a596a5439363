import type { Page } from '@playwright/test';
import { violations } from '../axe.ts';
import type { Shot } from '../screenshots/shot.ts';
import { shots, pathOf } from '../screenshots/shots.ts';
import { expect, mock, test } from './fixtures.ts';

const widths = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
} as const;
/** Few enough that several workers have something to do. */
const PAGES_PER_TEST = 8;

type Layout = { colorScheme: 'light' | 'dark'; width: keyof typeof widths };

/** Every state is looked at in both layouts and both colour schemes; by turns with the next one, in which layout has which. */
const layoutsOf = (shot: Shot): Layout[] => {
  const [wide, narrow] =
    shots.indexOf(shot) % 2 === 0 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
  return [
    { colorScheme: wide, width: 'wide' },
    { colorScheme: narrow, width: 'narrow' },
  ];
};

/** Waits for the state, does what leads to it, and looks. */
async function look(page: Page, shot: Shot): Promise<string[]> {
  // A dialog that is open from the start hides the heading from roles.
  await page.locator('h1').first().waitFor();
  if (!shot.faults?.includes('hold')) await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await shot.prepare?.(page);
  const found: string[] = [];
  for (const { colorScheme, width } of layoutsOf(shot)) {
    await page.setViewportSize(widths[width]);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const texts = await violations(page);
    found.push(...texts.map((text) => `${shot.name}, ${colorScheme} ${width}: ${text}`));
  }
  await page.setViewportSize(widths.wide);
  return found;
}

const nowhere = (page: Page) => page.getByRole('heading', { name: 'Not found', exact: true });

/** Goes to another page without loading the site anew, as a link does. */
const go = (page: Page, path: string) =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
  }, path);

// The page that is in between can't be told from itself.
const isPlain = ({ name, prepare, faults }: Shot) =>
  prepare === undefined && faults === undefined && name !== 'not-found';

/*
 * Every state of every page that is shot for people is checked for those who don't see it. Pages that only have to be
 * opened are gone to one after the other, as by links; each of the others is loaded by itself.
 */
for (const [scenario, all] of Map.groupBy(shots.filter(isPlain), (shot) => shot.scenario))
  for (let from = 0; from < all.length; from += PAGES_PER_TEST) {
    const pages = all.slice(from, from + PAGES_PER_TEST);
    const names = pages.map(({ name }) => name).join(', ');
    test.describe(`${scenario}: ${names}`, () => {
      test.use({ scenario });
      test('have no accessibility violation, light or dark, wide or narrow', async ({ page, teamId }) => {
        // The large scenario takes its time at each page and analysis.
        test.slow();
        await page.goto('/sign-in');
        const { links } = mock(page);
        const found: string[] = [];
        for (const shot of pages)
          await test.step(shot.name, async () => {
            await go(page, '/nowhere');
            await nowhere(page).waitFor();
            await go(page, pathOf(shot, { teamId, links }));
            await nowhere(page).waitFor({ state: 'detached' });
            found.push(...(await look(page, shot)));
          });
        expect(found).toEqual([]);
      });
    });
  }

for (const shot of shots.filter((each) => !isPlain(each)))
  test.describe(shot.name, () => {
    test.use({ scenario: shot.scenario, faults: shot.faults ?? '' });
    test('has no accessibility violation, light or dark, wide or narrow', async ({ page, teamId }) => {
      test.slow();
      await page.goto(pathOf(shot, { teamId, links: {} }));
      expect(await look(page, shot)).toEqual([]);
    });
  });
