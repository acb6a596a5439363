/** Names and values below each other, the values in one column; what is null is left out. */
export function facts(
  rows: readonly (readonly [name: string, value: string | null])[],
  style: (text: string) => string = (text) => text,
): string {
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== null);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${style(name.padEnd(width))}  ${value}`).join('\n');
}
