import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

/** What the tab “Gateway configuration” of a VPN is worked with. */
export function gatewayTab(page: Page) {
  const choices = page.getByRole('region', { name: 'What it is for' });
  return {
    choices,
    kind: choices.getByLabel('Gateway', { exact: true }),
    pool: choices.getByLabel('Address pool'),
    pastedKey: choices.getByLabel('Pre-shared key', { exact: true }),
    includeKey: choices.getByRole('switch', { name: 'Include the pre-shared key' }),
    showKey: choices.getByRole('switch', { name: 'Show the key in the configuration' }),
    copyAll: choices.getByRole('button', { name: 'Copy all' }),
    download: choices.getByRole('button', { name: 'Download' }),
    share: choices.getByRole('button', { name: 'Share with the network admin' }),
    links: page.getByRole('table', { name: 'Shared links' }),
    /** A file, commands, steps or a sheet, by its place on the gateway or its heading. */
    part: (name: string) => page.getByRole('region', { name, exact: true }),
  };
}

/** The name and the text of the file that a button hands out. */
export async function downloadBy(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download');
  await button.click();
  const file = await coming;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
