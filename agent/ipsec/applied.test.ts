import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Applied } from './applied.ts';
import { guideVpn } from './desiredVpn.testing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-applied-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the next agent knows what was applied, and what wasn’t', async () => {
  const applied = Applied.open(folder);
  applied.set(guideVpn());
  await applied.settled();
  const next = Applied.open(folder);
  expect(next.matches(guideVpn({ name: 'renamed', revision: 2 }))).toBe(true);
  expect(next.matches(guideVpn({ preSharedKey: 'another' }))).toBe(false);
  next.delete('vpn_guide');
  await next.settled();
  expect(Applied.open(folder).matches(guideVpn())).toBe(false);
});

test('the file is for root only and holds no key', async () => {
  const applied = Applied.open(folder);
  applied.set(guideVpn());
  await applied.settled();
  const path = join(folder, 'applied.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).not.toContain(guideVpn().preSharedKey);
});

test.each(['', '{', '{"secret":1}', '{"secret":"s","fingerprints":[1]}'])(
  '%j on disk starts anew',
  (content) => {
    writeFileSync(join(folder, 'applied.json'), content);
    expect(Applied.open(folder).matches(guideVpn())).toBe(false);
  },
);
