import { InvalidArgumentError } from 'commander';

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Parses an option such as `90s`, `10m`, `2h` or `3d` into seconds. */
export function durationSeconds(text: string): number {
  const [, amount, unit] = /^(\d{1,6})(s|m|h|d)$/.exec(text) ?? [];
  const found = Object.entries(seconds).find(([name]) => name === unit);
  if (amount === undefined || found === undefined || Number(amount) === 0) {
    throw new InvalidArgumentError('Say how long as 90s, 10m, 2h or 3d.');
  }
  return Number(amount) * found[1];
}
