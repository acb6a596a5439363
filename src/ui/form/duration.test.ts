import { expect, test } from 'vitest';
import { secondsOf, unitOf } from './duration.ts';

const units = ['seconds', 'minutes', 'hours'] as const;

test.each([
  [3600, 'hours'],
  [28_800, 'hours'],
  [5400, 'minutes'],
  [90, 'seconds'],
  [86_400, 'hours'],
] as const)('%d seconds are shown in %s', (seconds, unit) => {
  expect(unitOf(seconds, units)).toBe(unit);
});

test.each([
  ['8', 'hours', 28_800],
  ['1.5', 'hours', 5400],
  ['1,5', 'hours', 5400],
  [' 30 ', 'seconds', 30],
  ['', 'hours', Number.NaN],
  ['eight', 'hours', Number.NaN],
] as const)('“%s” %s are %d seconds', (text, unit, seconds) => {
  expect(secondsOf(text, unit)).toBe(seconds);
});
