import type { ReactNode } from 'react';

/**
 * A column of a `DataTable`. On phones a row becomes a card: `title` and `state` are its first line, `start` and `end`
 * the second, `foot` a third; a column without a place is left out there.
 */
export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Left out where the window is too narrow for all columns. */
  wideOnly?: boolean;
  /** CSS width on wide screens; the rest is shared. */
  width?: string;
  align?: 'end';
  /** Its name in the URL’s `sort`; a minus in front sorts downwards. */
  sort?: string;
  card?: 'title' | 'state' | 'start' | 'end' | 'foot';
  /** On a card it gives way to its neighbour: what doesn’t fit is cut off by the cell itself. */
  cardShrinks?: boolean;
  /** Width in pixels of what stands here while the rows load. */
  skeleton?: number;
};

/** The sort that a click on a column leads to: upwards first, then downwards. */
export const nextSort = (current: string | undefined, column: string) =>
  current === column ? `-${column}` : column;

/** How a column is sorted, in ARIA’s words. */
export function sortState(current: string | undefined, column: string): 'ascending' | 'descending' | 'none' {
  if (current === column) return 'ascending';
  return current === `-${column}` ? 'descending' : 'none';
}
