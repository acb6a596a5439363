/*
 * Shoots every page of the dashboard on the mock, light and dark, 1440 and 390 wide, for people to look at:
 *
 *   npm run build && node e2e/screenshots/main.ts <folder> [part of a name …]
 *
 * The pictures are <folder>/<name>-<scheme>-<width>.png. What the page logged as an error is printed beside its name.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.ts';
import { watchConsole } from '../dashboard/watchConsole.ts';
import { show } from '../mock/play.ts';
import { startMockServer } from '../mock/server.ts';
import type { Shot } from './shot.ts';
import { pathOf, shots } from './shots.ts';

const widths = { 1440: 900, 390: 844 } as const;
const schemes = ['light', 'dark'] as const;

const [folder, ...parts] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say where the pictures go: node e2e/screenshots/main.ts <folder> [part of a name …]');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const wanted = shots.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
const server = await startMockServer();
const browser = await chromium.launch(launchOptions());
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
  for (const [width, height] of Object.entries(widths)) {
    const file = join(into, `${shot.name}-${scheme}-${width}.png`);
    const errors = watchConsole(page);
    const play = await server.begin({ scenario: shot.scenario, signedInAs: null });
    try {
      await show(context, play, shot.faults);
      await page.setViewportSize({ width: Number(width), height });
      await page.goto(pathOf(shot, { teamId: play.teamId ?? '', links: play.control.links }));
      // A dialog that is open from the start hides the heading from roles.
      await page.locator('h1').first().waitFor();
      await shot.prepare?.(page);
      // Lets fonts, lists and what slides in come to rest: a picture is of a page that is done.
      await page.waitForTimeout(500);
      await page.screenshot({ path: file, fullPage: shot.scenario !== 'large', animations: 'disabled' });
    } catch (error) {
      errors.push(String(error));
    }
    await page.goto('about:blank');
    await play.end();
    console.log([file, ...errors, ...play.errors].join('\n  '));
  }
  await context.close();
}
