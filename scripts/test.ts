import { buildFreshAgent, buildFreshCommandLine, buildFreshDashboard } from './build.ts';
import { runChecks } from './check.ts';
import { requireChromium, requireLab } from './requirements.ts';
import { run } from './run.ts';
import { runPlaywright, runVitest } from './suites.ts';

/*
 * Everything that has to pass: checks, tests beside the code and the dashboard on the mock; meanwhile real tunnels, then the
 * real server, agents and gateway. Each part runs although one before it failed. What failed is told again at the end; the
 * last line is `N passed, N failed`. With CI=true, a machine that can't run a part fails; without, the part with
 * real tunnels is left out where it can't run, and said so.
 */
const inCi = process.env['CI'] === 'true';
const totals = { passed: 0, failed: 0 };
const notes: string[] = [];
const failures: string[] = [];

type Outcome = { passed: number; failed: number; failures?: readonly string[]; seconds?: number };

async function part(name: string, work: () => Promise<Outcome>): Promise<void> {
  console.log(`\n== ${name}`);
  const startedAt = performance.now();
  const outcome = await work().catch((error: unknown): Outcome => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  const { passed, failed, seconds = (performance.now() - startedAt) / 1000 } = outcome;
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) failures.push(`${name}: ${failed} failed`);
  failures.push(...(outcome.failures ?? []).map((failure) => `  ${failure}`));
  console.log(`${name}: ${passed} passed, ${failed} failed (${Math.round(seconds)} s)`);
}

/** Fails the run, or in the lab's case outside of CI only notes what is left out. */
function lacking(what: string, reason: string, optional: boolean): { passed: number; failed: number } {
  notes.push(`${what}: ${optional ? 'left out' : 'can’t run'}. ${reason}`);
  return { passed: 0, failed: optional ? 0 : 1 };
}

const tunnels = 'Tunnels on real daemons';
const dashboard = 'Dashboard on the mock';
const stack = 'Server, agents and tunnels in the browser';

const chromium = await requireChromium();
const lab = await requireLab();

await part('Build', async () => {
  await buildFreshDashboard();
  await buildFreshAgent();
  await buildFreshCommandLine();
  const { code } = await run('vite', ['build', '--mode', 'mock', '--logLevel', 'warn'], { live: true });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
});
// Daemons, tunnels and what waits for them leave half of the processors to the rest, and go first where there is not enough for all.
const labRun = lab.ok ? runVitest('vitest.lab.config.ts', { live: false }) : null;
const stackRun = chromium.ok ? labRun?.then(() => runPlaywright(['stack'], { live: false })) : null;
// What they fail with is told when their turns come.
labRun?.catch(() => undefined);
stackRun?.catch(() => undefined);
await part('Checks', () => runChecks({ patient: true }));
await part('Unit tests', () => runVitest('vitest.config.ts', { patient: true }));
await part(dashboard, async () =>
  chromium.ok
    ? runPlaywright(['dashboard', 'mock'], { patient: true })
    : lacking(dashboard, chromium.reason, false),
);
await part(tunnels, async () => labRun ?? lacking(tunnels, lab.ok ? '' : lab.reason, !inCi));
await part(stack, async () => {
  if (!lab.ok) return lacking(stack, lab.reason, !inCi);
  return stackRun ?? lacking(stack, chromium.ok ? '' : chromium.reason, false);
});

console.log('');
for (const line of [...notes, ...failures]) console.log(line);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
