import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressBits, contains, formatAddress, overlaps, parseAddress, type IpVersion } from './addresses.ts';

describe('parseAddress reads', () => {
  test.each([
    ['1.2.3.4', '1.2.3.4'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['fe80:0000::0001', 'fe80::1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
  ])('%s as %s', (text, canonical) => {
    expect(parseAddress(text)).toMatchObject({ ok: true, value: { text: canonical } });
  });
});

describe('parseAddress refuses', () => {
  test.each([
    ['', 'address_empty', 'Enter an IP address.', undefined],
    [
      ' 1.2.3.4',
      'address_blank',
      '“ 1.2.3.4” holds a blank at an end. Enter one address without blanks.',
      '1.2.3.4',
    ],
    [
      '1.2.3.4 5.6.7.8',
      'address_blank',
      '“1.2.3.4 5.6.7.8” holds a blank. Enter one address without blanks.',
      undefined,
    ],
    [
      '1.2.3.4\n',
      'address_character',
      '“1.2.3.4‹U+000A›” holds a line break. Type the address with plain characters only.',
      '1.2.3.4',
    ],
    [
      '1.2.3.4\t',
      'address_character',
      '“1.2.3.4‹U+0009›” holds a tab. Type the address with plain characters only.',
      '1.2.3.4',
    ],
    [
      '1.2.3.4\0',
      'address_character',
      '“1.2.3.4‹U+0000›” holds a control character (U+0000). Type the address with plain characters only.',
      undefined,
    ],
    [
      '1。2.3.4',
      'address_character',
      '“1。2.3.4” holds “。” (U+3002). Type the address with plain characters only.',
      '1.2.3.4',
    ],
    [
      'fe80::1%eth0',
      'address_zone',
      'fe80::1%eth0 holds “%”. Zones and keywords such as %any can’t be used here: enter one address.',
      undefined,
    ],
    ['[2001:db8::1]', 'address_brackets', '[2001:db8::1] holds brackets. Leave them out.', '2001:db8::1'],
    [
      '1.2.3.4,5.6.7.8',
      'address_not_one',
      '1.2.3.4,5.6.7.8 holds “,”. Enter one address: no list, range or subnet.',
      undefined,
    ],
    [
      '1.2.3.4-1.2.3.9',
      'address_not_one',
      '1.2.3.4-1.2.3.9 holds “-”. Enter one address: no list, range or subnet.',
      undefined,
    ],
    [
      '1.2.3.0/24',
      'address_not_one',
      '1.2.3.0/24 holds “/”. Enter one address: no list, range or subnet.',
      undefined,
    ],
    [
      '1.2.3.4,',
      'address_not_one',
      '1.2.3.4, holds “,”. Enter one address: no list, range or subnet.',
      '1.2.3.4',
    ],
    [
      '1.2.3.4#',
      'address_character',
      '“1.2.3.4#” holds “#”, which has no place in an IP address.',
      undefined,
    ],
    ['1.2.3.4:500', 'address_port', '1.2.3.4:500 ends in a port. Leave out “:500”.', '1.2.3.4'],
    [
      'vpn.example.com',
      'address_name',
      'vpn.example.com is a name, not an IP address. Enter the address as numbers, such as 198.51.100.1.',
      undefined,
    ],
    [
      'gateway',
      'address_name',
      'gateway is a name, not an IP address. Enter the address as numbers, such as 198.51.100.1.',
      undefined,
    ],
    [
      '3325256705',
      'address_number',
      '3325256705 is a number, not an IP address. Write four numbers with dots, such as 198.51.100.1.',
      undefined,
    ],
    [
      '0x7f000001',
      'address_number',
      '0x7f000001 is a number, not an IP address. Write four numbers with dots, such as 198.51.100.1.',
      undefined,
    ],
    ['1.2.3', 'address_octets', '1.2.3 has 3 numbers. An IPv4 address has four.', undefined],
    ['1.2.3.4.5', 'address_octets', '1.2.3.4.5 has 5 numbers. An IPv4 address has four.', undefined],
    ['1.2.3.256', 'address_octet', '256 in 1.2.3.256 is more than 255.', undefined],
    ['1.2.3.0x4', 'address_octet', '“0x4” in 1.2.3.0x4 is not a number from 0 to 255.', undefined],
    [
      '01.2.3.4',
      'address_leading_zero',
      '01 in 01.2.3.4 starts with a zero, which some programs read as octal. Write 1.',
      '1.2.3.4',
    ],
    ['.1.2.3', 'address_dots', '.1.2.3 starts with a dot.', undefined],
    ['1.2.3.', 'address_dots', '1.2.3. ends with a dot.', undefined],
    ['1..2.3', 'address_dots', '1..2.3 has two dots in a row.', undefined],
    ['fd00:::1', 'address_groups', 'There are three colons in a row in fd00:::1.', undefined],
    ['fd00::1::2', 'address_groups', 'There is more than one “::” in fd00::1::2.', undefined],
    [':1:2:3:4:5:6:7', 'address_groups', 'There is a single colon at an end in :1:2:3:4:5:6:7.', undefined],
    ['1:2:3:4:5:6:7', 'address_groups', 'There are 7 groups instead of 8 in 1:2:3:4:5:6:7.', undefined],
    [
      '1:2:3:4::5:6:7:8',
      'address_groups',
      'There are 8 groups beside “::”, which stands for at least one, in 1:2:3:4::5:6:7:8.',
      undefined,
    ],
    [
      'fd00::g',
      'address_group',
      '“g” in fd00::g is not a group of one to four hexadecimal digits.',
      undefined,
    ],
    [
      'fd00::12345',
      'address_group',
      '“12345” in fd00::12345 is not a group of one to four hexadecimal digits.',
      undefined,
    ],
    [
      '::ffff:1.2.3.4',
      'address_mapped',
      '::ffff:1.2.3.4 is the IPv4 address 1.2.3.4 written as IPv6. Write 1.2.3.4.',
      '1.2.3.4',
    ],
    [
      '::ffff:102:304',
      'address_mapped',
      '::ffff:102:304 is the IPv4 address 1.2.3.4 written as IPv6. Write 1.2.3.4.',
      '1.2.3.4',
    ],
    [
      '64:ff9b::1.2.3',
      'address_octets',
      '1.2.3 has 3 numbers. An IPv4 address has four. It is the end of 64:ff9b::1.2.3.',
      undefined,
    ],
  ])('%j: %s', (text, code, message, suggestion) => {
    const result = parseAddress(text);
    expect(result).toMatchObject({ ok: false, refusal: { code, message } });
    expect(result.ok ? undefined : result.refusal.suggestion).toBe(suggestion);
  });

  test('text that is too long, without repeating all of it', () => {
    const result = parseAddress('1'.repeat(10_000));
    expect(result).toMatchObject({ ok: false, refusal: { code: 'address_long' } });
    expect(result.ok ? '' : result.refusal.message.length).toBeLessThan(150);
  });
});

const mapped = (version: IpVersion, value: bigint) => version === 6 && value >> 32n === 0xffffn;
const anyAddress = fc
  .constantFrom<IpVersion>(4, 6)
  .chain((version) =>
    fc.bigInt(0n, (1n << BigInt(addressBits(version))) - 1n).map((value) => ({ version, value })),
  )
  .filter(({ version, value }) => !mapped(version, value));

test('parsing the canonical text of an address gives the address back', () => {
  fc.assert(
    fc.property(anyAddress, ({ version, value }) => {
      const text = formatAddress(version, value);
      expect(parseAddress(text)).toEqual({ ok: true, value: { version, value, text }, warnings: [] });
    }),
  );
});

test('IPv6 text agrees with the URL standard’s, written by other people', () => {
  fc.assert(
    fc.property(anyAddress, ({ version, value }) => {
      const host = formatAddress(version, value);
      const url = new URL(`http://${version === 6 ? `[${host}]` : host}/`);
      expect(url.hostname).toBe(version === 6 ? `[${host}]` : host);
    }),
  );
});

test('no text makes it throw, and every suggestion is accepted', () => {
  const pieces = fc.constantFrom(
    '1',
    '25',
    '.',
    ':',
    '::',
    '/',
    '%',
    'ffff',
    '[',
    ']',
    ' ',
    '0',
    '１',
    '-',
    ',',
    '\n',
  );
  const nearly = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearly), (text) => {
      const result = parseAddress(text);
      if (result.ok || result.refusal.suggestion === undefined) return;
      expect(parseAddress(result.refusal.suggestion).ok).toBe(true);
    }),
  );
});

test('ranges of different versions never overlap', () => {
  const all = { first: 0n, last: 5n };
  expect(overlaps({ version: 4, ...all }, { version: 6, ...all })).toBe(false);
  expect(contains({ version: 4, ...all }, { version: 6, ...all })).toBe(false);
});
