import { columns, spreadText } from './columns.ts';
import type { Spread } from './spread.ts';

/** One line of the result. */
export type Row = {
  /** What was measured, with its unit. */
  what: string;
  culvert: Spread;
  /** The same by hand, measured in the same run. */
  byHand: Spread | null;
  /** What `culvert.max` may be at most, in the row's unit; null: nobody has set a limit. */
  limit: number | null;
};

export const isOver = ({ culvert, limit }: Row): boolean => limit !== null && culvert.max > limit;

/** The rows as a Markdown table whose columns line up. */
export function tableOf(rows: readonly Row[]): string {
  const header = ['', 'Culvert', 'by hand', 'ratio', 'limit'];
  const cells = rows.map((row) => [
    row.what,
    spreadText(row.culvert),
    row.byHand === null ? '' : spreadText(row.byHand),
    ratio(row),
    row.limit === null ? '' : `${row.limit}${isOver(row) ? ' FAIL' : ''}`,
  ]);
  return columns(header, cells);
}

function ratio({ culvert, byHand }: Row): string {
  return byHand === null || byHand.median === 0 ? '' : `${(culvert.median / byHand.median).toFixed(1)}×`;
}
