import type { Spread } from './spread.ts';

/** A Markdown table whose columns line up. */
export function columns(header: readonly string[], cells: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

/** The median, and the spread where there is one. */
export function spreadText({ median, min, max }: Spread): string {
  const number = (value: number) => String(value < 100 ? Math.round(value * 10) / 10 : Math.round(value));
  return min === max ? number(median) : `${number(median)} (${number(min)}–${number(max)})`;
}
