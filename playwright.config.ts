import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/chromium.ts';

export default defineConfig({
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  // Half of the time of a test is spent waiting.
  workers: 3,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    launchOptions: launchOptions(),
    // What moves without end would take a third of a processor, in every page.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace of every test costs a sixth of the time: `npx playwright test --trace on` for the one that fails.
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
  },
  projects: [
    // The dashboard as people get it, on the mock. Each worker serves both for itself.
    { name: 'dashboard', testDir: 'e2e/dashboard' },
    // The mock in the page, as `npm run build:mock` built it.
    { name: 'mock', testDir: 'e2e/mock' },
    // The real server, agents, gateway and tunnels. Needs root. Each worker builds a lab of its own.
    { name: 'stack', testDir: 'e2e/stack', fullyParallel: false, workers: 2, timeout: 90_000 },
  ],
});
