import { join } from 'node:path';
import { bundleForBrowser, filesHolding, FIRST_SCREEN_MAX_KB, initialScripts } from './bundle.ts';
import { buildFreshDashboard } from './build.ts';
import { checkImports } from './imports.ts';
import { root, run } from './run.ts';

/** Signs of the mock, which belongs in its own build only. */
const mockOnly = /sqlite|kysely|mockServiceWorker|__fault/i;

/** What a check found. `detail` is shown below its line when it failed, beside it when it passed. */
type Finding = { ok: boolean; detail: string };

/** `patient`: what runs beside the checks goes first. */
type Options = { patient?: boolean };

const toolWith =
  ({ patient = false }: Options) =>
  async (command: string, ...args: string[]): Promise<Finding> => {
    const { code, output } = await run(command, args, { env: { NO_COLOR: '1' }, patient });
    return { ok: code === 0, detail: code === 0 ? '' : output };
  };

const found = (problems: readonly string[]): Finding => ({
  ok: problems.length === 0,
  detail: problems.join('\n'),
});

async function firstScreen(): Promise<Finding> {
  await buildFreshDashboard();
  const scripts = await initialScripts(join(root, 'dist/dashboard'));
  const kilobytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  const size = `${kilobytes.toFixed(1)} kB of JavaScript (gzip) in ${scripts.length} files, at most ${FIRST_SCREEN_MAX_KB}`;
  const largest = scripts.toSorted((a, b) => b.bytes - a.bytes).map(({ path, bytes }) => `${bytes} ${path}`);
  const ok = scripts.length > 0 && kilobytes <= FIRST_SCREEN_MAX_KB;
  return { ok, detail: ok ? size : [size, ...largest].join('\n') };
}

function checksWith(options: Options): readonly (readonly [string, () => Promise<Finding>])[] {
  const tool = toolWith(options);
  return [
    ['types', () => tool('tsc', '-p', 'tsconfig.json')],
    ['types of what runs anywhere', () => tool('tsc', '-p', 'tsconfig.portable.json')],
    ['lint', () => tool('oxlint', '--type-aware', '--deny-warnings')],
    ['format', () => tool('prettier', '--check', '--log-level', 'warn', '.')],
    ['import directions', async () => found(await checkImports(root))],
    ['the app runs in a browser', async () => found(await bundleForBrowser(join(root, 'server/app.ts')))],
    ['first screen', firstScreen],
    ['no mock in the build', async () => found(await filesHolding(join(root, 'dist/dashboard'), mockOnly))],
  ];
}

/** Takes longest and has one processor: begun first, it goes on beside the others. */
const longest = 'format';

type Timed = Finding & { seconds: string };

async function timed(check: () => Promise<Finding>): Promise<Timed> {
  const startedAt = performance.now();
  const finding = await check().catch((error: unknown): Finding => ({ ok: false, detail: String(error) }));
  return { ...finding, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) };
}

/** Runs every check, also after one has failed, and prints a line for each. */
export async function runChecks(
  options: Options = {},
): Promise<{ passed: number; failed: number; failures: string[] }> {
  const checks = checksWith(options);
  const failures: string[] = [];
  const begun = new Map(
    checks.filter(([name]) => name === longest).map(([name, check]) => [name, timed(check)]),
  );
  for (const [name, check] of checks) {
    const { ok, detail, seconds } = await (begun.get(name) ?? timed(check));
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${ok && detail !== '' ? `: ${detail}` : ''}`);
    if (ok) continue;
    console.log(detail.trimEnd().replace(/^/gm, '     '));
    failures.push(name);
  }
  return { passed: checks.length - failures.length, failed: failures.length, failures };
}

if (import.meta.main) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
