import { expect, test } from 'vitest';
import { reconnectDelay, replacedDelay } from './backoff.ts';

test.each([
  [0, 0, 0],
  [0, 0.5, 500],
  [0, 0.999_999, 999],
  [1, 0.5, 1_000],
  [2, 0.5, 2_000],
  [3, 0.5, 4_000],
  [4, 0.5, 5_000],
  [4, 0.999_999, 9_999],
  [100_000, 0.5, 5_000],
])('attempt %i with %f waits %i ms', (attempt, random, delay) => {
  expect(reconnectDelay(attempt, random)).toBe(delay);
});

test('after a takeover the agent stays away for 30 to 60 seconds', () => {
  expect([0, 0.5, 0.999_999].map(replacedDelay)).toEqual([30_000, 45_000, 59_999]);
});
