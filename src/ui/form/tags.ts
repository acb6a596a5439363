/** Cuts what was typed or pasted into values: at white space, commas and semicolons. Repeated values come once. */
export function splitTags(text: string, present: readonly string[] = []): string[] {
  const values = text.split(/[\s,;]+/).filter((value) => value !== '');
  return [...new Set(values)].filter((value) => !present.includes(value));
}

export type Suggestion = { value: string; detail?: string };

/** Those suggestions that aren't chosen yet and hold every word of the text, in the value or in its description. */
export function matching(
  suggestions: readonly Suggestion[],
  text: string,
  present: readonly string[],
): Suggestion[] {
  const words = text.toLowerCase().split(/\s+/);
  return suggestions.filter(({ value, detail = '' }) => {
    const whole = `${value} ${detail}`.toLowerCase();
    return !present.includes(value) && words.every((word) => whole.includes(word));
  });
}
