/** Cuts what was typed or pasted into values: at white space, commas and semicolons. Repeated values come once. */
export function splitTags(text: string, present: readonly string[] = []): string[] {
  const values = text.split(/[\s,;]+/).filter((value) => value !== '');
  return [...new Set(values)].filter((value) => !present.includes(value));
}
