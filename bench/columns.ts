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
  return min === max ? numberText(median) : `${numberText(median)} (${numberText(min)}–${numberText(max)})`;
}

/** Three digits are as many as a figure is good for. */
export function numberText(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return String(value >= 1 ? Math.round(value * 10) / 10 : Math.round(value * 100) / 100);
}
