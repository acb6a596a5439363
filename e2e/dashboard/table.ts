import { expect, type Locator } from '@playwright/test';

/** The row of a table one of whose cells is called this. */
export const rowOf = (table: Locator, name: string): Locator =>
  table.getByRole('row').filter({ has: table.page().getByRole('cell', { name, exact: true }) });

/** The cell of a row under the column with this header. */
export async function cellOf(table: Locator, rowName: string, header: string): Promise<Locator> {
  const headers = table.getByRole('columnheader');
  await expect(headers.first()).toBeVisible();
  const texts = (await headers.allInnerTexts()).map((text) => text.trim());
  const index = texts.indexOf(header);
  if (index === -1) throw new Error(`The table has no column “${header}”. It has: ${texts.join(', ')}.`);
  return rowOf(table, rowName).getByRole('cell').nth(index);
}
