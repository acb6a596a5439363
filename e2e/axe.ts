import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  // Interfaces merge; a type alias can't add to Window.
  interface Window {
    axe: typeof axe;
  }
}

/**
 * What axe finds wrong with the page as it is now, a line for each element. No page here has frames, so it looks from inside:
 * what AxeBuilder does for frames of other origins takes as long again.
 *
 * @param rules only these; left out: all that axe has on by itself
 */
export async function violations(page: Page, rules: string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (only) => {
    const report = await window.axe.run(document, {
      // Working out what else there is takes a third of the time.
      resultTypes: ['violations'],
      ...(only.length === 0 ? {} : { runOnly: only }),
    });
    return report.violations;
  }, rules);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}) at ${target.join(' ')}`),
  );
}
