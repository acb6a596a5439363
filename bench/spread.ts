/** What several rounds of the same thing gave, in one unit. */
export type Spread = { median: number; min: number; max: number; rounds: number };

/** @throws Error without a value */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (min === undefined || max === undefined || upper === undefined || lower === undefined)
    throw new Error('Nothing was measured.');
  return { median: (lower + upper) / 2, min, max, rounds: sorted.length };
}
