import { expect, test } from 'vitest';
import { spreadOf } from './spread.ts';

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(spreadOf([9, 1, 4])).toEqual({ median: 4, min: 1, max: 9, rounds: 3 });
  expect(spreadOf([10, 2, 4, 100])).toEqual({ median: 7, min: 2, max: 100, rounds: 4 });
  expect(() => spreadOf([])).toThrow('Nothing was measured.');
});
