/**
 * Cuts what was typed or pasted into values: at white space, commas and semicolons. Repeated values come once. `withBlanks`:
 * blanks belong to values, and only ends of lines, commas and semicolons cut.
 */
export function splitTags(
  text: string,
  present: readonly string[] = [],
  { withBlanks = false }: { withBlanks?: boolean } = {},
): string[] {
  const values = text
    .split(withBlanks ? /[\n\r,;]+/ : /[\s,;]+/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return [...new Set(values)].filter((value) => !present.includes(value));
}
