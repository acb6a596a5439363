/** Random numbers that are the same in every run: mulberry32. From 0 up to, not including, 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Dice = {
  below: (limit: number) => number;
  pick: <T>(from: readonly T[]) => T;
  shuffle: <T>(list: readonly T[]) => T[];
};

export function diceOf(seed: number): Dice {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]): T => {
    const one = from[below(from.length)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  };
  const shuffle = <T>(list: readonly T[]): T[] => {
    const left = [...list];
    return list.flatMap(() => left.splice(below(left.length), 1));
  };
  return { below, pick, shuffle };
}

/** Characters that break parsers: separators of every file that a value ends up in, controls, look-alikes, half a pair. */
const strange = [
  ...'-/.:,;!=+|%[]{}()#"\'\\ \t\n\r0169fxeE_~$`',
  '\0',
  '\u00a0',
  '\u200b',
  '\u2013',
  '\u2215',
  '１',
  '\u202e',
  '\ud800',
  '😀',
];

/** The text with one to four random changes, some of them large. */
export function mutate(text: string, others: readonly string[], { below, pick }: Dice): string {
  let mutated = text;
  for (let changes = 1 + below(4); changes > 0; changes -= 1) {
    const at = below(mutated.length + 1);
    const [before, after] = [mutated.slice(0, at), mutated.slice(at)];
    const ways = [
      () => before + pick(strange) + after,
      () => before + after.slice(1 + below(3)),
      () => before + String(below(2 ** below(40))) + after,
      () => before + pick(others) + after,
      () => before + pick(others).slice(below(8)),
      () => after + before,
      () => before + before + after,
      () => (below(2) === 0 ? mutated.toUpperCase() : mutated.toLowerCase()),
      () => before + pick(strange).repeat(below(300)) + after,
      () => (below(20) === 0 ? mutated.repeat(below(200)) : mutated.trim()),
    ];
    mutated = pick(ways)().slice(0, 20_000);
  }
  return mutated;
}

/** Milliseconds that a call takes. One that seems slow is tried again: the machine may have been busy with something else. */
export function quickest(call: () => unknown, enough: number): number {
  let best = Infinity;
  for (let tries = 0; tries < 5 && best > enough; tries += 1) {
    const before = performance.now();
    call();
    best = Math.min(best, performance.now() - before);
  }
  return best;
}
