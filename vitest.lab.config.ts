import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files by how long they take; those that aren't here take less. */
const long = [
  'changeTrial',
  'changeTrialSilent',
  'survival',
  'change',
  'gatewayConfig',
  'failures',
  'failuresNone',
  'failuresPfs',
  'failuresLater',
  'failuresNoWay',
  'survivalRenewals',
  'trial',
  'tunnels',
  'trialBeside',
];

/** Starts with what takes longest, so that what runs alone at the end is short. By itself vitest starts with the largest file. */
class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/${name}.lab.test.ts`));
      return at === -1 ? long.length : at;
    };
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

/**
 * Real tunnels between real charons in network namespaces: needs root and strongSwan. Each file has a lab of its own, and most
 * of its time it waits for daemons: more run at once than there are processors. Tests of one file run one after the other.
 */
export default defineConfig({
  test: {
    include: ['e2e/lab/**/*.lab.test.ts'],
    environment: 'node',
    // A lab is named after the process that runs it.
    pool: 'forks',
    maxWorkers: 6,
    sequence: { sequencer: LongestFirst },
    // Agents are started hundreds of times: without it three quarters of each start go into reading TypeScript.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/lab', import.meta.url)) },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
