import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps } from '../addresses.ts';
import { parseSubnet, subnetAround, type Subnet } from '../subnets.ts';
import { choosePools, poolRange, poolSize } from './pools.ts';

const subnet = (text: string): Subnet => {
  const parsed = parseSubnet(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};
const chosen = (wanted: string | undefined, subnets: string[], peerIp = '1.2.3.4') => {
  const { v4, v6, notes } = choosePools(wanted, subnets.map(subnet), peerIp);
  return { v4: v4?.text, v6: v6?.text, notes };
};

test.each<[string | undefined, string[], string | undefined, string | undefined]>([
  [undefined, ['10.250.0.0/24'], '10.200.0.0/24', undefined],
  [undefined, [], '10.200.0.0/24', undefined],
  ['10.9.0.0/16', ['10.250.0.0/24'], '10.9.0.0/16', undefined],
  [undefined, ['10.0.0.0/8'], '172.30.200.0/24', undefined],
  [undefined, ['10.200.0.0/16'], '10.201.0.0/24', undefined],
  [undefined, ['fd01::/64'], undefined, 'fd00:10:200::/112'],
  ['fd02::/112', ['10.250.0.0/24', 'fd01::/64'], '10.200.0.0/24', 'fd02::/112'],
  ['10.9.0.0/24', ['10.250.0.0/24', 'fd00::/16'], '10.9.0.0/24', 'fdc8:200::/112'],
  // What isn't a pool leaves a gap, that the form shows.
  ['10.9.0.1/24', ['10.250.0.0/24'], undefined, undefined],
  ['127.0.0.0/24', ['10.250.0.0/24'], undefined, undefined],
])('a wish for %j, peer subnets %j: pools %j and %j', (wanted, subnets, v4, v6) => {
  expect(chosen(wanted, subnets)).toMatchObject({ v4, v6 });
});

test('a pool that can’t be used is named, with the reason', () => {
  expect(chosen('10.250.0.0/25', ['10.250.0.0/24'])).toEqual({
    v4: '10.200.0.0/24',
    v6: undefined,
    notes: ['The address pool 10.250.0.0/25 overlaps with 10.250.0.0/24, so another one stands here.'],
  });
  expect(chosen('1.2.3.0/24', ['10.250.0.0/24']).notes).toEqual([
    'The address pool 1.2.3.0/24 overlaps with the gateway’s address, so another one stands here.',
  ]);
  expect(chosen('fd02::/112', ['10.250.0.0/24']).notes).toEqual([
    'The address pool fd02::/112 isn’t used: no peer subnet is IPv6.',
  ]);
});

test('a pool never overlaps with a peer subnet', () => {
  const anySubnet = fc.oneof(
    fc
      .record({ value: fc.bigInt(0n, 2n ** 32n - 1n), prefix: fc.integer({ min: 1, max: 32 }) })
      .map(({ value, prefix }) => subnetAround(4, value, prefix)),
    fc
      .record({ value: fc.bigInt(0n, 2n ** 128n - 1n), prefix: fc.integer({ min: 1, max: 128 }) })
      .map(({ value, prefix }) => subnetAround(6, value, prefix)),
  );
  fc.assert(
    fc.property(
      fc.array(anySubnet, { maxLength: 5 }),
      fc.option(anySubnet, { nil: undefined }),
      (subnets, wanted) => {
        const { v4, v6 } = choosePools(wanted?.text, subnets, '');
        for (const pool of [v4, v6])
          expect(subnets.some((other) => pool && overlaps(pool, other))).toBe(false);
      },
    ),
  );
});

test.each([
  ['10.200.0.0/24', '254 addresses'],
  ['10.200.0.0/30', '2 addresses'],
  ['10.200.0.0/31', '2 addresses'],
  ['10.200.0.0/32', '1 address'],
  ['fd00:10:200::/112', '65,534 addresses'],
  ['fd00::/64', 'over a million addresses'],
])('%s has %s for replicas', (text, size) => {
  expect(poolSize(subnet(text))).toBe(size);
  expect(poolRange(subnet(text)).first).toBeGreaterThanOrEqual(subnet(text).first);
});
