import { expect, test } from 'vitest';
import { Traffic } from './traffic.ts';
import type { ChildSa } from './vici/sas.ts';

const child = (uniqueId: string, bytesIn: number, bytesOut: number): ChildSa => ({
  name: 'net',
  uniqueId,
  state: 'INSTALLED',
  bytesIn,
  bytesOut,
  packetsIn: 0,
  suite: '',
  localSelectors: [],
  remoteSelectors: [],
});

test('bytes of a CHILD_SA that was replaced still count', () => {
  const traffic = new Traffic();
  traffic.count([child('1', 100, 200)], 0);
  traffic.count([child('1', 150, 250), child('2', 0, 0)], 1);
  traffic.count([child('2', 10, 20)], 2);
  expect([traffic.bytesIn, traffic.bytesOut]).toEqual([160, 270]);
});

test('silence is measured from the first byte out, and ends with the first byte in', () => {
  const traffic = new Traffic();
  traffic.count([child('1', 0, 0)], 1000);
  expect(traffic.silentSeconds(5000)).toBe(0);
  traffic.count([child('1', 0, 84)], 6000);
  traffic.count([child('1', 0, 168)], 8000);
  expect(traffic.silentSeconds(16_000)).toBe(10);
  traffic.count([child('1', 84, 252)], 17_000);
  expect(traffic.silentSeconds(18_000)).toBe(0);
});
