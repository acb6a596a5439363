import { expect, test } from 'vitest';
import { countPlaywright, countVitest, judge } from './suites.ts';

test('vitest’s report is counted', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 2,
    numPendingTests: 1,
    numTodoTests: 3,
    success: false,
  };
  expect(countVitest(report)).toEqual({ passed: 7, failed: 2, skipped: 4 });
});

test('Playwright’s report is counted, and a test that needed a second try has failed', () => {
  const stats = { expected: 7, unexpected: 2, flaky: 1, skipped: 3, startTime: '', duration: 1 };
  expect(countPlaywright({ stats, suites: [] })).toEqual({ passed: 7, failed: 3, skipped: 3 });
});

test.each([
  ['all passed', { passed: 3, failed: 0, skipped: 0 }, 0, { passed: 3, failed: 0 }],
  ['one failed', { passed: 3, failed: 1, skipped: 0 }, 1, { passed: 3, failed: 1 }],
  ['one was skipped', { passed: 3, failed: 0, skipped: 1 }, 0, { passed: 3, failed: 1 }],
  ['nothing ran', { passed: 0, failed: 0, skipped: 0 }, 0, { passed: 0, failed: 1 }],
  ['a file didn’t load', { passed: 3, failed: 0, skipped: 0 }, 1, { passed: 3, failed: 1 }],
  ['there is no report', undefined, 1, { passed: 0, failed: 1 }],
])('%s', (_, counts, exitCode, expected) => expect(judge(counts, exitCode)).toEqual(expected));
