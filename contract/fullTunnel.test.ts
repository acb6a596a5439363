import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressBits, type IpVersion } from './addresses.ts';
import { coversEverything, unionSize } from './fullTunnel.ts';
import { parseSubnet, subnetAround, type Subnet } from './subnets.ts';
import vectors from './vectors/subnets.json';

const subnets = (...texts: string[]): Subnet[] =>
  texts.flatMap((text) => {
    const parsed = parseSubnet(text);
    return parsed.ok ? [parsed.value] : [];
  });
const whole = (version: IpVersion) => subnetAround(version, 0n, 0);

describe('coversEverything', () => {
  const lists = vectors.flatMap(({ kind, input, reason, semantic }) =>
    kind === 'list' && Array.isArray(input) && semantic === 'full_tunnel' ? [{ input, reason }] : [],
  );
  test.each(lists)('sees through $reason', ({ input }) => {
    expect(coversEverything(subnets(...input))).toBeDefined();
  });

  test.each<[string, Subnet[], IpVersion | undefined]>([
    ['nothing', [], undefined],
    ['0.0.0.0/0', [whole(4)], 4],
    ['::/0', [whole(6)], 6],
    ['half of IPv4', subnets('0.0.0.0/1'), undefined],
    ['half of each version', subnets('0.0.0.0/1', '8000::/1'), undefined],
    ['three quarters of IPv4', subnets('0.0.0.0/1', '128.0.0.0/2'), undefined],
    ['all but multicast and what is reserved', subnets('0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3'), 4],
    ['all but the private 10.0.0.0/8', complement('10.0.0.0/8'), 4],
    ['all but one host', complement('198.51.100.1/32'), 4],
    ['all but a public /9', complement('8.0.0.0/9'), 4],
    ['all but a public /8', complement('8.0.0.0/8'), undefined],
    ['all public IPv6', subnets('2000::/3'), 6],
    ['half of public IPv6', subnets('2000::/4'), undefined],
    [
      'every private network',
      subnets('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'),
      undefined,
    ],
  ])('%s', (_, list, expected) => expect(coversEverything(list)).toBe(expected));

  test('every random split of 0.0.0.0/0 and ::/0, in any order', () => {
    const split = (network: Subnet, choices: boolean[], left: number): Subnet[] => {
      if (left === 0 || choices.shift() !== true) return [network];
      const half = (network.last - network.first + 1n) / 2n;
      return [network.first, network.first + half].flatMap((first) =>
        split(subnetAround(network.version, first, network.prefix + 1), choices, left - 1),
      );
    };
    const anySplit = fc
      .tuple(fc.constantFrom<IpVersion>(4, 6), fc.array(fc.boolean(), { maxLength: 200 }))
      .map(([version, choices]) => split(whole(version), [...choices], 12));
    fc.assert(
      fc.property(
        anySplit.chain((list) => fc.shuffledSubarray(list, { minLength: list.length })),
        (list) => {
          expect(coversEverything(list)).toBe(list[0]?.version);
        },
      ),
    );
  });
});

/** The subnets that hold everything but `text`. */
function complement(text: string): Subnet[] {
  return subnets(text).flatMap(({ version, first, prefix }) =>
    Array.from({ length: prefix }, (_, depth) => {
      const bit = 1n << BigInt(addressBits(version) - depth - 1);
      return subnetAround(version, first ^ bit, depth + 1);
    }),
  );
}

test('unionSize counts what counting addresses one by one counts', () => {
  // Six-bit networks inside 10.0.0.0/26, where brute force is cheap.
  const base = 10n << 24n;
  const small = fc
    .tuple(fc.bigInt(0n, 63n), fc.integer({ min: 26, max: 32 }))
    .map(([offset, prefix]) => subnetAround(4, base + offset, prefix));
  fc.assert(
    fc.property(fc.array(small, { maxLength: 12 }), (list) => {
      const inside = Array.from({ length: 64 }, (_, offset) => base + BigInt(offset)).filter((address) =>
        list.some(({ first, last }) => first <= address && address <= last),
      );
      expect(unionSize(list)).toBe(BigInt(inside.length));
    }),
  );
});
