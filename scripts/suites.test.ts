import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './run.ts';
import { countPlaywright, countVitest, failuresOfPlaywright, failuresOfVitest, judge } from './suites.ts';

test('vitest’s report is counted', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 2,
    numPendingTests: 1,
    numTodoTests: 3,
    success: false,
    testResults: [],
  };
  expect(countVitest(report)).toEqual({ passed: 7, failed: 2, skipped: 4 });
});

test('Playwright’s report is counted, and a test that needed a second try has failed', () => {
  const stats = { expected: 7, unexpected: 2, flaky: 1, skipped: 3, startTime: '', duration: 1 };
  expect(countPlaywright({ stats, suites: [] })).toEqual({ passed: 7, failed: 3, skipped: 3 });
});

test('what failed in vitest is told in a line each, a file that doesn’t load too', () => {
  const counts = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  const testResults = [
    {
      name: join(root, 'contract/subnets.test.ts'),
      status: 'failed',
      assertionResults: [
        { fullName: 'subnets are sorted', status: 'passed', failureMessages: [] },
        {
          fullName: 'subnets don’t overlap',
          status: 'failed',
          failureMessages: ['\u001B[31mAssertionError: expected 1 to be 2\u001B[0m\n    at somewhere'],
        },
      ],
    },
    {
      name: join(root, 'agent/main.test.ts'),
      status: 'failed',
      message: 'It doesn’t load\nat all',
      assertionResults: [],
    },
  ];
  expect(failuresOfVitest({ ...counts, testResults })).toEqual([
    'contract/subnets.test.ts › subnets don’t overlap: AssertionError: expected 1 to be 2 at somewhere',
    'agent/main.test.ts: It doesn’t load at all',
  ]);
});

test('what failed in Playwright is told in a line each', () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'ports.spec.ts',
    line: 7,
    ok: status !== 'unexpected',
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  });
  const report = {
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      {
        title: 'ports.spec.ts',
        specs: [spec('a port is shared', 'expected')],
        suites: [
          {
            title: 'as a member',
            specs: [
              spec('a port is hidden', 'unexpected', 'Error: still there\nat once'),
              spec('a port is found', 'flaky', 'Error: not yet'),
            ],
          },
        ],
      },
    ],
    errors: [{ message: 'Error: no tests found' }],
  };
  expect(failuresOfPlaywright(report)).toEqual([
    'ports.spec.ts:7 › as a member › a port is hidden: Error: still there at once',
    'ports.spec.ts:7 › as a member › a port is found: Error: not yet',
    'Error: no tests found',
  ]);
});

test.each([
  ['all passed', { passed: 3, failed: 0, skipped: 0 }, 0, { passed: 3, failed: 0 }],
  ['one failed', { passed: 3, failed: 1, skipped: 0 }, 1, { passed: 3, failed: 1 }],
  ['one was skipped', { passed: 3, failed: 0, skipped: 1 }, 0, { passed: 3, failed: 1 }],
  ['nothing ran', { passed: 0, failed: 0, skipped: 0 }, 0, { passed: 0, failed: 1 }],
  ['a file didn’t load', { passed: 3, failed: 0, skipped: 0 }, 1, { passed: 3, failed: 1 }],
  ['there is no report', undefined, 1, { passed: 0, failed: 1 }],
])('%s', (_, counts, exitCode, expected) => expect(judge(counts, exitCode)).toEqual(expected));
