import { expect, test } from 'vitest';
import { durationWords } from './durationWords.ts';

test.each([
  [3600, '1 hour'],
  [28_800, '8 hours'],
  [5400, '90 minutes'],
  [60, '1 minute'],
  [45, '45 seconds'],
  [Number.NaN, 'not a number'],
])('%d seconds read as %s', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
