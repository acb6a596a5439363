import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,server,agent,cli,integrations,mocks,src,scripts,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Starting a process for each file took longer than the tests. None of them leaves anything behind in a module.
    isolate: false,
    // Some wait for programs and connections: more at once than there are processors.
    maxWorkers: 2 * availableParallelism(),
    // Properties try hundreds of inputs; a machine that does other things beside is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
