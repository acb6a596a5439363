import { defineConfig } from 'vitest/config';

/** Real tunnels between real charons in network namespaces: needs root and strongSwan, and runs one test after the other. */
export default defineConfig({
  test: {
    include: ['e2e/lab/**/*.lab.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
