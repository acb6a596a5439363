/*
 * Shoots every page of the dashboard on the mock, light and dark, 1440 and 390 wide, for people to look at:
 *
 *   npm run build:mock && node e2e/screenshots/main.ts <folder> [part of a name …]
 *
 * The pictures are <folder>/<name>-<scheme>-<width>.png. What the page logged as an error is printed beside its name.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { launchOptions } from '../chromium.ts';
import { serveDashboard } from '../dashboard/serve.ts';
import { watchConsole } from '../dashboard/watchConsole.ts';
import type { Shot } from './shot.ts';
import { pathOf, type Place, shots } from './shots.ts';

const widths = { 1440: 900, 390: 844 } as const;
const schemes = ['light', 'dark'] as const;

const [folder, ...parts] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say where the pictures go: node e2e/screenshots/main.ts <folder> [part of a name …]');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const wanted = shots.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
const server = await serveDashboard();
const browser = await chromium.launch(launchOptions());
const places = new Map<string, Place>();
for (const shot of wanted) for (const scheme of schemes) await shoot(shot, scheme, folder);
await browser.close();
await server.close();

async function shoot(shot: Shot, scheme: 'light' | 'dark', into: string): Promise<void> {
  const context = await browser.newContext({
    baseURL: server.url,
    colorScheme: scheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const place = places.get(shot.scenario) ?? (await placeOf(shot.scenario, page));
  places.set(shot.scenario, place);
  const path = pathOf(shot, place);
  const cookies = { 'culvert-scenario': shot.scenario, __fault: shot.faults ?? '' };
  for (const [name, value] of Object.entries(cookies))
    await context.addCookies([{ name, value: encodeURIComponent(value), url: server.url }]);
  for (const [width, height] of Object.entries(widths)) {
    const file = join(into, `${shot.name}-${scheme}-${width}.png`);
    const errors = watchConsole(page);
    try {
      await page.setViewportSize({ width: Number(width), height });
      await page.goto(path);
      // A dialog that is open from the start hides the heading from roles.
      await page.locator('h1').first().waitFor();
      await shot.prepare?.(page);
      // Lets fonts, lists and what slides in come to rest: a picture is of a page that is done.
      await page.waitForTimeout(500);
      await page.screenshot({ path: file, fullPage: shot.scenario !== 'large', animations: 'disabled' });
    } catch (error) {
      errors.push(String(error));
    }
    console.log([file, ...errors].join('\n  '));
  }
  await context.close();
}

async function placeOf(scenario: string, page: Page): Promise<Place> {
  await page.goto(`/sign-in?scenario=${scenario}`);
  await page.waitForFunction(() => window.culvertMock !== undefined);
  return await page.evaluate(() => {
    const { teamId, links } = window.culvertMock ?? {};
    return { teamId: teamId ?? '', links: links ?? {} };
  });
}
