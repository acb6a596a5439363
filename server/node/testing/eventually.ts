import { vi } from 'vitest';

/** Tries until it holds. Vitest by itself gives up after a second, which a slow machine may need. */
export const eventually = <Result>(holds: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(holds, { timeout: 20_000 });
