import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressBits, type IpVersion } from './addresses.ts';
import { findOverlap, parseSubnet, subnetAround } from './subnets.ts';
import vectors from './vectors/subnets.json';

const cidrs = vectors.flatMap((vector) =>
  vector.kind === 'cidr' && typeof vector.input === 'string' ? [{ ...vector, input: vector.input }] : [],
);

describe('vectors', () => {
  test.each(cidrs.filter(({ valid, host_bits }) => valid && host_bits !== true))(
    '$input is $canonical ($reason)',
    ({ input, canonical }) => {
      expect(parseSubnet(input)).toMatchObject({ ok: true, value: { text: canonical }, warnings: [] });
    },
  );

  test.each(cidrs.filter(({ host_bits }) => host_bits === true))(
    '$input is refused, and $canonical is suggested',
    ({ input, canonical }) => {
      expect(parseSubnet(input)).toMatchObject({
        ok: false,
        refusal: { code: 'subnet_host_bits', suggestion: canonical },
      });
    },
  );

  test.each(cidrs.filter(({ valid }) => !valid))('$input is refused ($reason)', ({ input, semantic }) => {
    const result = parseSubnet(input);
    expect(result.ok).toBe(false);
    if (semantic === 'full_tunnel') expect(result).toMatchObject({ refusal: { code: 'full_tunnel' } });
  });
});

describe('parseSubnet says what is wrong', () => {
  const plain = 'Type the subnet with plain characters only.';
  test.each([
    ['', 'subnet_empty', 'Enter a subnet, such as 10.250.0.0/24.', undefined],
    [
      '10.251.0.7/24',
      'subnet_host_bits',
      '10.251.0.7/24 is a host inside a subnet. The subnet is 10.251.0.0/24.',
      '10.251.0.0/24',
    ],
    [
      '10.250.0.5',
      'subnet_no_prefix',
      '10.250.0.5 is one address, not a subnet. For this address alone, write 10.250.0.5/32.',
      '10.250.0.5/32',
    ],
    [
      'fd00::5',
      'subnet_no_prefix',
      'fd00::5 is one address, not a subnet. For this address alone, write fd00::5/128.',
      'fd00::5/128',
    ],
    [
      '10.250.0.0/24,10.251.0.0/24',
      'subnet_list',
      '“10.250.0.0/24,10.251.0.0/24” holds 2 entries. Add each subnet by itself.',
      undefined,
    ],
    [
      '10.250.0.0/24\n10.251.0.0/24',
      'subnet_list',
      '“10.250.0.0/24‹U+000A›10.251.0.0/24” holds 2 entries. Add each subnet by itself.',
      undefined,
    ],
    [
      '10.250.0.0/24\n',
      'subnet_character',
      `“10.250.0.0/24‹U+000A›” holds a line break. ${plain}`,
      '10.250.0.0/24',
    ],
    ['１0.250.0.0/24', 'subnet_character', `“１0.250.0.0/24” holds “１” (U+FF11). ${plain}`, '10.250.0.0/24'],
    [
      '10.250.0.0\u200b/24',
      'subnet_character',
      `“10.250.0.0‹U+200B›/24” holds an invisible character (U+200B). ${plain}`,
      '10.250.0.0/24',
    ],
    [
      '10.250.0.0 / 24',
      'subnet_blank',
      '“10.250.0.0 / 24” holds a blank. Write the subnet without blanks, such as 10.250.0.0/24.',
      '10.250.0.0/24',
    ],
    [
      '10.250.0.0\\24',
      'subnet_character',
      '“10.250.0.0\\24” holds “\\”, which has no place in a subnet.',
      '10.250.0.0/24',
    ],
    [
      '"10.250.0.0/24"',
      'subnet_character',
      '“"10.250.0.0/24"” holds “"”, which has no place in a subnet.',
      '10.250.0.0/24',
    ],
    [
      '10.250.0.0/24;',
      'subnet_character',
      '“10.250.0.0/24;” holds “;”, which has no place in a subnet.',
      '10.250.0.0/24',
    ],
    [
      '10.0.0.0-10.0.0.255',
      'subnet_range',
      '10.0.0.0-10.0.0.255 is a range. Write it as one or more subnets.',
      '10.0.0.0/24',
    ],
    [
      '10.0.0.1-10.0.0.255',
      'subnet_range',
      '10.0.0.1-10.0.0.255 is a range. Write it as one or more subnets.',
      undefined,
    ],
    [
      '10.0.0.9-10.0.0.1',
      'subnet_range',
      '10.0.0.9-10.0.0.1 is a range. Write it as one or more subnets.',
      undefined,
    ],
    ['10.250.0.0-24', 'subnet_dash', '10.250.0.0-24 has a dash where the slash belongs.', '10.250.0.0/24'],
    ['10.250.0.0//24', 'subnet_slashes', '10.250.0.0//24 has 2 slashes. A subnet has one.', '10.250.0.0/24'],
    ['fd00::/64/64', 'subnet_slashes', 'fd00::/64/64 has 2 slashes. A subnet has one.', undefined],
    ['/24', 'subnet_no_address', '/24 has no address before the slash.', undefined],
    [
      '10.250.0.0/',
      'subnet_prefix',
      '10.250.0.0/ has nothing after the slash. Add a prefix length, a number from 1 to 32.',
      undefined,
    ],
    ['10.250.0.0/024', 'subnet_prefix', '/024 starts with a zero. Write /24.', '10.250.0.0/24'],
    ['10.250.0.0/33', 'subnet_prefix', '/33 is too long: an IPv4 prefix length goes up to 32.', undefined],
    ['fd00::/129', 'subnet_prefix', '/129 is too long: an IPv6 prefix length goes up to 128.', undefined],
    [
      '10.250.0.0/2e1',
      'subnet_prefix',
      '“2e1” after the slash is not a prefix length. Use a number from 1 to 32.',
      undefined,
    ],
    [
      '10.250.0.0/255.255.255.0',
      'subnet_mask',
      '255.255.255.0 is a mask, not a prefix length. Write /24.',
      '10.250.0.0/24',
    ],
    [
      '10.250.0.0/0.0.0.255',
      'subnet_mask',
      '0.0.0.255 is a mask, not a prefix length. Write /24.',
      '10.250.0.0/24',
    ],
    [
      '10.250.0.0/255.0.255.0',
      'subnet_mask',
      '255.0.255.0 is a mask, not a prefix length. It isn’t the mask of one subnet either.',
      undefined,
    ],
    ['10.250/16', 'address_octets', '10.250 has 2 numbers. An IPv4 address has four.', '10.250.0.0/16'],
    [
      '10/8',
      'address_number',
      '10 is a number, not an IP address. Write four numbers with dots, such as 198.51.100.1.',
      '10.0.0.0/8',
    ],
    [
      '010.250.0.0/24',
      'address_leading_zero',
      '010 in 010.250.0.0 starts with a zero, which some programs read as octal. Write 10.',
      '10.250.0.0/24',
    ],
    [
      'db.example.com/24',
      'address_name',
      'db.example.com is a name, not an IP address. Enter the address as numbers, such as 198.51.100.1.',
      undefined,
    ],
    [
      'office',
      'subnet_invalid',
      '“office” is not a subnet. Write an address and a prefix length, such as 10.250.0.0/24.',
      undefined,
    ],
    [
      '::ffff:10.0.0.0/104',
      'address_mapped',
      '::ffff:10.0.0.0 is the IPv4 address 10.0.0.0 written as IPv6. Write 10.0.0.0.',
      '10.0.0.0/8',
    ],
    [
      '::ffff:0:0/96',
      'address_mapped',
      '::ffff:0:0 is the IPv4 address 0.0.0.0 written as IPv6. Write 0.0.0.0.',
      undefined,
    ],
    [
      '0.0.0.0/0',
      'full_tunnel',
      '0.0.0.0/0 is all IPv4 traffic. List only the subnets of the private network.',
      undefined,
    ],
    [
      '10.0.0.0/0',
      'full_tunnel',
      '10.0.0.0/0 is all IPv4 traffic. List only the subnets of the private network.',
      undefined,
    ],
    [
      '::/0',
      'full_tunnel',
      '::/0 is all IPv6 traffic. List only the subnets of the private network.',
      undefined,
    ],
  ])('%j: %s', (text, code, message, suggestion) => {
    const result = parseSubnet(text);
    expect(result).toMatchObject({ ok: false, refusal: { code, message } });
    expect(result.ok ? undefined : result.refusal.suggestion).toBe(suggestion);
  });

  test('without repeating all of a long text', () => {
    const result = parseSubnet('x'.repeat(100_000));
    expect(result).toMatchObject({ ok: false, refusal: { code: 'subnet_long' } });
    expect(result.ok ? '' : result.refusal.message.length).toBeLessThan(150);
  });
});

describe('properties', () => {
  const anySubnet = fc
    .constantFrom<IpVersion>(4, 6)
    .chain((version) =>
      fc
        .tuple(
          fc.bigInt(0n, (1n << BigInt(addressBits(version))) - 1n),
          fc.integer({ min: 1, max: addressBits(version) }),
        )
        .map(([value, prefix]) => subnetAround(version, value, prefix)),
    );

  test('parsing a canonical subnet gives it back', () => {
    fc.assert(
      fc.property(
        anySubnet.filter(({ first, version }) => version === 4 || first >> 32n !== 0xffffn),
        (subnet) => {
          expect(parseSubnet(subnet.text)).toEqual({ ok: true, value: subnet, warnings: [] });
        },
      ),
    );
  });

  test('no text makes it throw, and every suggestion is accepted as it is', () => {
    const pieces = fc.constantFrom(
      '10.',
      '250',
      '0.0.0.0',
      'fd00',
      '::',
      '/',
      '/24',
      '/0',
      '-',
      ',',
      ' ',
      ';',
      '%',
      '255.255.0.0',
      '１',
      '\n',
      '[',
    );
    const nearly = fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearly), (text) => {
        const result = parseSubnet(text);
        if (result.ok || result.refusal.suggestion === undefined) return;
        expect(parseSubnet(result.refusal.suggestion)).toMatchObject({
          ok: true,
          value: { text: result.refusal.suggestion },
        });
      }),
      { numRuns: 2000 },
    );
  });
});

test('findOverlap names the two subnets that can’t be in one workspace', () => {
  expect(findOverlap(['10.0.0.0/24', 'fd00::/64'], ['10.0.1.0/24', 'fd00::/48'])).toEqual({
    a: 'fd00::/64',
    b: 'fd00::/48',
  });
  expect(findOverlap(['10.0.0.0/24'], ['10.0.1.0/24', 'fd00::/48'])).toBeUndefined();
  expect(findOverlap([], ['10.0.1.0/24'])).toBeUndefined();
});
