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
    spread(row.culvert),
    row.byHand === null ? '' : spread(row.byHand),
    ratio(row),
    row.limit === null ? '' : `${row.limit}${isOver(row) ? ' FAIL' : ''}`,
  ]);
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

/** The median, and the spread where there is one. */
function spread({ median, min, max }: Spread): string {
  const number = (value: number) => String(value < 100 ? Math.round(value * 10) / 10 : Math.round(value));
  return min === max ? number(median) : `${number(median)} (${number(min)}–${number(max)})`;
}

function ratio({ culvert, byHand }: Row): string {
  return byHand === null || byHand.median === 0 ? '' : `${(culvert.median / byHand.median).toFixed(1)}×`;
}
