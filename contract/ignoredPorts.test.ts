import { describe, expect, test } from 'vitest';
import { ignoredBecause, whenItListens } from './ignoredPorts.ts';

test.each([
  [1, 'System'],
  [8, 'System'],
  [9, null],
  [21, 'FTP'],
  [22, 'SSH'],
  [25, 'Mail'],
  [53, 'DNS'],
  [80, null],
  [443, null],
  [2375, 'Docker'],
  [3000, null],
  [3306, 'Database'],
  [3389, 'Remote desktop'],
  [5000, null],
  [5173, null],
  [5432, 'Database'],
  [5672, 'Coordination or queue'],
  [6379, 'Database'],
  [8080, null],
  [9229, null],
  [28_017, 'Database'],
  [32_767, null],
  [32_768, 'Ephemeral port'],
  [65_535, 'Ephemeral port'],
])('port %d is on the ignore list as: %s', (port, because) => {
  expect(ignoredBecause(port)).toBe(because);
});

describe('a port that begins to listen', () => {
  test.each([
    ['an app', 3000, null, 'forward'],
    ['a debugger', 9229, null, 'offer'],
    ['a database', 5432, null, 'ignore'],
    ['an ephemeral port', 45_000, null, 'ignore'],
    ['an app that the file ignores', 3000, 'ignore', 'ignore'],
    ['a debugger that the file ignores', 9229, 'ignore', 'ignore'],
    ['a debugger that the file names', 9229, 'silent', 'forward'],
    ['a database that the file names', 5432, 'notify', 'forward'],
    ['an ephemeral port that the file names', 45_000, 'silent', 'forward'],
  ] as const)('and is %s (%d, %s): %s', (_, port, onAutoForward, expected) => {
    expect(whenItListens(port, onAutoForward)).toBe(expected);
  });
});
