import { expect, test } from 'vitest';
import { checkVpnName, VPN_NAME_MAX } from '../../../contract/vpnName.ts';
import { copyName } from './copyName.ts';

test.each([
  ['Berlin office', 'Berlin office copy'],
  ['Berlin office copy', 'Berlin office copy 2'],
  ['Berlin office copy 9', 'Berlin office copy 10'],
])('a copy of %s is %s', (name, copy) => {
  expect(copyName(name)).toBe(copy);
});

test('a copy’s name is accepted, however long the original’s is', () => {
  const longest = 'a'.repeat(VPN_NAME_MAX);
  for (const name of [longest, copyName(longest), copyName(copyName(longest))]) {
    expect(checkVpnName(copyName(name)).ok, copyName(name)).toBe(true);
  }
});
