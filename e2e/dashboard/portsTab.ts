import type { Locator, Page } from '@playwright/test';
import type { Visibility } from '../../contract/visibility.ts';
import { rowOf } from './table.ts';

/** The Ports tab of a workspace, by role and name. */
export function portsTab(page: Page) {
  const table = page.getByRole('table', { name: 'Ports', exact: true });
  const visibility = (port: number): Locator =>
    table.getByRole('button', { name: new RegExp(`visibility of port ${port}$`) });
  return {
    table,
    /** A row by the text of its first cell: “3000”, “8080 API”. */
    row: (name: string) => rowOf(table, name),
    /** The button that shows a port’s visibility and opens its menu. */
    visibility,
    /** Opens the menu of a port’s visibility and chooses a level in it. */
    async choose(port: number, level: Visibility): Promise<void> {
      await visibility(port).click();
      const name = { private: 'Private', organization: 'Organization', public: 'Public' }[level];
      await page.getByRole('menuitemradio', { name, exact: true }).click();
    },
    async act(port: number, action: string): Promise<void> {
      await table.getByRole('button', { name: `Actions for port ${port}`, exact: true }).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
    },
    select: (port: number) => table.getByRole('checkbox', { name: `Select port ${port}`, exact: true }),
    dialog: (name: string) => page.getByRole('dialog', { name, exact: true }),
  };
}
