import { expect, test } from 'vitest';
import { bytes } from './bytes.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [84_300_000, '84 MB'],
  [999_600, '1.0 MB'],
  [1_230_000_000, '1.2 GB'],
  [9_990_000, '10 MB'],
])('%d bytes are %s', (amount, text) => {
  expect(bytes(amount)).toBe(text);
});
