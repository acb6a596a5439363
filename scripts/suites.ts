import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { root, run } from './run.ts';

/** Tests of a suite that passed, failed, and didn't run. */
export type Counts = { passed: number; failed: number; skipped: number };

const VitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** Counts from vitest's JSON report. */
export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = VitestReport.parse(report);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** Counts from Playwright's JSON report. A test that passed only when it was repeated has failed. */
export function countPlaywright(report: unknown): Counts {
  const { expected, unexpected, flaky, skipped } = PlaywrightReport.parse(report).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/**
 * What a suite's counts mean for the whole run: tests that were skipped have failed, and so has a suite that ran nothing or
 * ended badly although none of its tests failed (a file that doesn't load, a server that doesn't start).
 */
export function judge(counts: Counts | undefined, exitCode: number): { passed: number; failed: number } {
  const passed = counts?.passed ?? 0;
  const failed = (counts?.failed ?? 0) + (counts?.skipped ?? 0);
  const brokenSuite = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: brokenSuite ? 1 : failed };
}

export type SuiteOptions = {
  /** False: what it prints is shown in one piece at its end, because something else runs meanwhile. */
  live?: boolean;
  /** Lets what runs beside it go first. */
  patient?: boolean;
};

/** How a suite went, and how many seconds it took: it may have begun long before anybody asks. */
export type SuiteRun = { passed: number; failed: number; seconds: number };

async function runSuite(
  command: string,
  args: readonly string[],
  report: { path: string; count: (report: unknown) => Counts; env?: Record<string, string> } & SuiteOptions,
): Promise<SuiteRun> {
  const path = join(root, report.path);
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  const live = report.live ?? true;
  const startedAt = performance.now();
  const { env, patient = false } = report;
  const { code, output } = await run(command, args, { live, patient, ...(env ? { env } : {}) });
  if (!live) console.log(output.trimEnd());
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const seconds = (performance.now() - startedAt) / 1000;
  return { ...judge(text === undefined ? undefined : report.count(JSON.parse(text)), code), seconds };
}

/** Runs vitest with a configuration file: the tests beside the code, or those of the lab. */
export function runVitest(config: string, options: SuiteOptions = {}): Promise<SuiteRun> {
  const path = `test-results/${config}.json`;
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${path}`];
  return runSuite('vitest', ['run', '--config', config, ...reporters], {
    path,
    count: countVitest,
    ...options,
  });
}

/** Runs a project of playwright.config.ts. */
export function runPlaywright(project: string, options: SuiteOptions = {}): Promise<SuiteRun> {
  const path = `test-results/${project}.json`;
  return runSuite(
    'playwright',
    ['test', `--project=${project}`, `--output=test-results/${project}`, '--reporter=list,json'],
    {
      path,
      count: countPlaywright,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, path) },
      ...options,
    },
  );
}
