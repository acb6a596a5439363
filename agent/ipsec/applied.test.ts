import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Applied } from './applied.ts';
import { guideVpn } from './desiredVpn.testing.ts';
import { firstGeneration } from './generations.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-applied-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the next agent knows what was applied, and what wasn’t', async () => {
  const applied = Applied.open(folder);
  const changed = { ...firstGeneration(guideVpn()), name: 'vpn_guide+1', virtualIps: ['10.200.0.1'] };
  applied.set(changed);
  await applied.settled();
  const next = Applied.open(folder);
  const renamed = guideVpn({ name: 'renamed', revision: 2 });
  expect(next.find('vpn_guide+1', renamed)).toEqual({ ...changed, vpn: renamed });
  expect(next.find('vpn_guide+1', guideVpn({ preSharedKey: 'another' }))).toBeNull();
  expect(next.find('vpn_guide', guideVpn())).toBeNull();
  next.delete('vpn_guide+1');
  await next.settled();
  expect(Applied.open(folder).find('vpn_guide+1', guideVpn())).toBeNull();
});

test('the file is for root only and holds no key', async () => {
  const applied = Applied.open(folder);
  applied.set(firstGeneration(guideVpn()));
  await applied.settled();
  const path = join(folder, 'applied.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).not.toContain(guideVpn().preSharedKey);
});

test.each(['', '{', '{"secret":1}', '{"secret":"s","generations":[1]}'])(
  '%j on disk starts anew',
  (content) => {
    writeFileSync(join(folder, 'applied.json'), content);
    expect(Applied.open(folder).has('vpn_guide')).toBe(false);
  },
);
