import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';

/**
 * Where a Chromium for the tests is: CHROMIUM_PATH, the system's without a window of its own (starts and ends pages in two
 * thirds of the time), Playwright's download, or any of the system's.
 *
 * @throws Error with the command that installs one, when there is none.
 */
export function chromiumPath(): string {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium-headless-shell',
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
  ];
  const found = candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
  if (found === undefined)
    throw new Error(
      'No Chromium for the tests: run "npx playwright install --with-deps chromium", or set CHROMIUM_PATH.',
    );
  return found;
}

/** How the tests start Chromium. */
export const launchOptions = (): LaunchOptions => ({ executablePath: chromiumPath() });
