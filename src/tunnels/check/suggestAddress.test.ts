import { expect, test } from 'vitest';
import { suggestAddress } from './suggestAddress.ts';

test.each([
  [['10.250.0.0/24', '10.251.0.0/24'], '10.250.0.1', '10.250.0.0/24'],
  [['10.250.0.5/32'], '10.250.0.5', '10.250.0.5/32'],
  [['10.250.0.4/31'], '10.250.0.4', '10.250.0.4/31'],
  [['fd00::/64'], 'fd00::1', 'fd00::/64'],
])('in %j, %s is tried first', (subnets, address, subnet) => {
  expect(suggestAddress(subnets)).toEqual({ address, subnet });
});

test('nothing is suggested without a subnet', () => {
  expect(suggestAddress([])).toBeUndefined();
});
