import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{contract,server,agent,mocks,src,scripts}/**/*.test.{ts,tsx}'], environment: 'node' },
});
