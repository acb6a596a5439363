import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guideVpn } from '../desiredVpn.testing.ts';
import { ManualClock } from '../fakeCharon.testing.ts';
import { Trials } from './trials.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'culvert-trials-'));
});
afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

test('a machine that can’t be looked at can’t test, says why, and is asked anew for the next test', async () => {
  let looks = 0;
  const probe = () => {
    looks += 1;
    return Promise.reject(new Error('EMFILE: too many open files'));
  };
  const trials = new Trials({ stateDir, clock: new ManualClock(), log: silent, probe });
  const run = () => trials.run(guideVpn(), { timeoutMs: 20_000, signal: new AbortController().signal });
  for (const look of [1, 2]) {
    const { outcome, diagnosis } = await run();
    expect(outcome).toBe('unsupported');
    expect(diagnosis?.parts['reason']).toBe('EMFILE: too many open files');
    expect(looks).toBe(look);
  }
  await trials.close();
});
