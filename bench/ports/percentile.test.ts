import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

test.each([
  { values: [7], percent: 99, is: 7 },
  { values: [4, 1, 3, 2], percent: 50, is: 2 },
  { values: Array.from({ length: 200 }, (_, index) => index + 1), percent: 99, is: 198 },
])('$percent percent of the values are at most $is', ({ values, percent, is }) => {
  expect(percentile(values, percent)).toBe(is);
});

test('there is none of nothing', () => {
  expect(() => percentile([], 50)).toThrow('Nothing was measured.');
});
