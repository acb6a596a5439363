import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,server,agent,mocks,src,scripts,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Properties try hundreds of inputs; a machine that does other things beside is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
