import { expect, test } from 'vitest';
import { duration, relativeTime, timeInWords } from './time.ts';

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

// In the reader’s time zone, whichever it is here.
const local = (text: string) => new Date(text).getTime();
test.each([
  ['2026-11-21T09:12:00', 'at 09:12'],
  ['2026-11-20T23:59:00', 'yesterday at 23:59'],
  ['2026-11-12T07:05:00', 'on 12 November at 07:05'],
])('inside a sentence, %s is “%s”', (at, words) => {
  expect(timeInWords(local(at), local('2026-11-21T12:00:00'))).toBe(words);
});
