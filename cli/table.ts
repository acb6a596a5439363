/**
 * Rows in columns, as wide as the widest cell; the last column isn’t padded. Cells hold one line: what is more becomes blanks.
 *
 * @param style for the line of headings
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  style: (text: string) => string = (text) => text,
): string {
  const lines = [headings, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')));
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => [...(line[column] ?? '')].length)),
  );
  const texts = lines.map((line) =>
    line
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  );
  return [style(texts[0] ?? ''), ...texts.slice(1)].join('\n');
}
