import { expect, test } from 'vitest';
import { duration, relativeTime } from './time.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

test.each([
  [0, 'just now'],
  [44 * seconds, 'just now'],
  [50 * seconds, '1 min ago'],
  [12 * minutes, '12 min ago'],
  [59.6 * minutes, '1 h ago'],
  [23 * hours, '23 h ago'],
  [24 * hours, 'yesterday'],
  [3 * days, '3 days ago'],
  [31 * days, '1 month ago'],
  [200 * days, '7 months ago'],
  [365 * days, '1 year ago'],
  [-20 * seconds, 'in a moment'],
  [-5 * minutes, 'in 5 min'],
  [-1 * days, 'tomorrow'],
  [-7 * days, 'in 7 days'],
])('%d ms from now is “%s”', (ago, text) => {
  expect(relativeTime(now - ago, now)).toBe(text);
});

test.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [22 * minutes, '22 min'],
  [4 * hours + 12 * minutes, '4 h 12 min'],
  [2 * hours, '2 h'],
  [3 * days + 2 * hours, '3 days 2 h'],
  [1 * days, '1 day'],
])('%d ms last “%s”', (length, text) => {
  expect(duration(length)).toBe(text);
});
