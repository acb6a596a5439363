import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { root, run } from './run.ts';

/** Tests of a suite that passed, failed, and didn't run. */
export type Counts = { passed: number; failed: number; skipped: number };

const VitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const PlaywrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.int(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default('') })) })),
    }),
  ),
});

const PlaywrightSuite = z.object({
  title: z.string(),
  specs: z.array(PlaywrightSpec),
  get suites() {
    return z.array(PlaywrightSuite).optional();
  },
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  suites: z.array(PlaywrightSuite),
  errors: z.array(z.object({ message: z.string().default('') })).default([]),
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

/** What failed according to vitest's JSON report, a line each: where, its name, and how what it said begins. */
export function failuresOfVitest(report: unknown): string[] {
  return VitestReport.parse(report).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${brief(message)}`] : [];
    return failed.map((test) => `${file} › ${test.fullName}: ${brief(test.failureMessages?.[0])}`);
  });
}

/** The same from Playwright's JSON report. */
export function failuresOfPlaywright(report: unknown): string[] {
  const { suites, errors } = PlaywrightReport.parse(report);
  return [...suites.flatMap(failedSpecs), ...errors.map(({ message }) => brief(message))];
}

function failedSpecs({ title: group, specs, suites = [] }: z.infer<typeof PlaywrightSuite>): string[] {
  const failed = specs.filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === 'flaky'));
  const lines = failed.map(({ file, line, title, tests }) => {
    const [error] = tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors));
    const name = group === file ? title : `${group} › ${title}`;
    return `${file}:${line} › ${name}: ${brief(error?.message)}`;
  });
  return [...lines, ...suites.flatMap(failedSpecs)];
}

/** In one line. What was expected and what came instead stands below the first one. */
const brief = (text = '') => stripVTControlCharacters(text).replace(/\s+/g, ' ').trim().slice(0, 300);

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
export type SuiteRun = { passed: number; failed: number; failures: string[]; seconds: number };

async function runSuite(
  command: string,
  args: readonly string[],
  report: {
    path: string;
    count: (report: unknown) => Counts;
    failures: (report: unknown) => string[];
    env?: Record<string, string>;
  } & SuiteOptions,
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
  if (text === undefined) return { ...judge(undefined, code), failures: [], seconds };
  const told: unknown = JSON.parse(text);
  return { ...judge(report.count(told), code), failures: report.failures(told), seconds };
}

/** Runs vitest with a configuration file: the tests beside the code, or those of the lab. */
export function runVitest(config: string, options: SuiteOptions = {}): Promise<SuiteRun> {
  const path = `test-results/${config}.json`;
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${path}`];
  return runSuite('vitest', ['run', '--config', config, ...reporters], {
    path,
    count: countVitest,
    failures: failuresOfVitest,
    ...options,
  });
}

/** Runs projects of playwright.config.ts, at the same time. */
export function runPlaywright(projects: readonly string[], options: SuiteOptions = {}): Promise<SuiteRun> {
  const name = projects.join('-');
  const path = `test-results/${name}.json`;
  const chosen = projects.map((project) => `--project=${project}`);
  return runSuite(
    'playwright',
    ['test', ...chosen, `--output=test-results/${name}`, '--reporter=list,json'],
    {
      path,
      count: countPlaywright,
      failures: failuresOfPlaywright,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, path) },
      ...options,
    },
  );
}
