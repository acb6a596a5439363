import { expect, type Locator } from '@playwright/test';

/** The row of a table whose first cell holds this text. */
export const rowOf = (table: Locator, name: string | RegExp): Locator =>
  table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name }) });

/** The cell of a row under the column with this header. */
export async function cellOf(row: Locator, header: string): Promise<Locator> {
  const table = row.page().getByRole('table').filter({ has: row });
  const headers = table.getByRole('columnheader');
  await expect(headers.first()).toBeVisible();
  const texts = await headers.allInnerTexts();
  const index = texts.findIndex((text) => text.trim() === header);
  if (index === -1) throw new Error(`The table has no column “${header}”; it has: ${texts.join(', ')}.`);
  return row.locator('th, td').nth(index);
}
