import type { Page } from '@playwright/test';

/**
 * Collects what the page logs as an error or throws. A refused API request is no error of the page: Chromium logs each
 * one, and the page says itself what it means; any other file that doesn't load is one.
 */
export function watchConsole(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const { url } = message.location();
    const refusedRequest = message.text().startsWith('Failed to load resource') && url.includes('/api/');
    if (!refusedRequest) errors.push(`${message.type()}: ${message.text()} (${url})`);
  });
  return errors;
}
