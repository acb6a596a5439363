import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePeerId } from './peerIds.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:DB8::0001', '2001:db8::1'],
  ['vpn.example.com', 'vpn.example.com'],
  ['VPN_gw-1.example.com', 'VPN_gw-1.example.com'],
  ['@vpn.example.com', 'vpn.example.com'],
  ['gateway', 'gateway'],
  ['admin@example.com', 'admin@example.com'],
  ['a.b+c@example.com', 'a.b+c@example.com'],
])('%s is read as %s', (text, value) => {
  expect(parsePeerId(text)).toEqual({ ok: true, value, warnings: [] });
});

describe('refusals', () => {
  const any =
    'accepts any identity, so any machine with the key could pose as the gateway. Enter the identity that the gateway shows.';
  const plain = 'Type the identity with plain characters only.';
  const neither = 'is not an IP address, a host name or an email address.';
  test.each([
    ['', 'peer_id_empty', 'Enter the gateway’s identity, or leave it to be the peer IP.'],
    ['%any', 'peer_id_any', `%any ${any}`],
    ['0.0.0.0', 'peer_id_any', `0.0.0.0 ${any}`],
    ['0:0::0', 'peer_id_any', `0:0::0 ${any}`],
    ['*', 'peer_id_any', `* ${any}`],
    [
      'C=CH, O=Example',
      'peer_id_name_form',
      '“C=CH, O=Example” is a distinguished name, which belongs to certificates. With a pre-shared key, enter an IP address, a host name or an email address.',
    ],
    ['vpn.example.com\n', 'peer_id_character', `“vpn.example.com‹U+000A›” holds a line break. ${plain}`],
    [
      'gw\nleftupdown=/bin/sh',
      'peer_id_character',
      `“gw‹U+000A›leftupdown=/bin/sh” holds a line break. ${plain}`,
    ],
    ['gw"', 'peer_id_character', '“gw"” holds “"”, which can’t be part of an identity here.'],
    ['gw#', 'peer_id_character', '“gw#” holds “#”, which can’t be part of an identity here.'],
    [
      'my gateway',
      'peer_id_character',
      '“my gateway” holds a blank, which can’t be part of an identity here.',
    ],
    ['gw}', 'peer_id_character', '“gw}” holds “}”, which can’t be part of an identity here.'],
    ['10.0.0.0/8', 'peer_id_character', '“10.0.0.0/8” holds “/”, which can’t be part of an identity here.'],
    [
      '1.2.3.400',
      'peer_id_address',
      '400 in 1.2.3.400 is more than 255. Identities that look like an address have to be one.',
    ],
    [
      '@1.2.3.4',
      'peer_id_address',
      '@1.2.3.4 would be a name made of numbers. Enter the address without “@”, or a name.',
    ],
    [
      '10.0.0.1-10.0.0.9',
      'peer_id_address',
      '10.0.0.1-10.0.0.9 holds “-”. Enter one address: no list, range or subnet. Identities that look like an address have to be one.',
    ],
    ['fqdn:gateway', 'peer_id_invalid', `fqdn:gateway ${neither}`],
    ['@@gateway', 'peer_id_invalid', `@@gateway ${neither}`],
    ['-gateway', 'peer_id_invalid', `-gateway ${neither}`],
    ['gw..example', 'peer_id_invalid', `gw..example ${neither}`],
    ['a@b@c', 'peer_id_invalid', `a@b@c ${neither}`],
    ['x'.repeat(254), 'peer_id_long', 'The identity has 254 characters. Use at most 253.'],
  ])('%j: %s', (text, code, message) => {
    expect(parsePeerId(text)).toMatchObject({ ok: false, refusal: { code, message } });
  });

  test('what was pasted with a line break is suggested without', () => {
    expect(parsePeerId('vpn.example.com\n')).toMatchObject({ refusal: { suggestion: 'vpn.example.com' } });
  });
});

test('whatever is accepted has only characters that are safe in every configuration file, and stays as it is', () => {
  const pieces = fc.constantFrom(
    'gw',
    '.',
    '@',
    '-',
    '_',
    '1',
    '%any',
    ' ',
    '"',
    '\n',
    '#',
    ':',
    '=',
    '{',
    '+',
    '10.0.0.1',
  );
  const nearly = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string({ unit: 'binary' })), (text) => {
      const result = parsePeerId(text);
      if (!result.ok) return;
      expect(result.value).toMatch(/^[\w.@:+-]+$/);
      expect(parsePeerId(result.value)).toEqual(result);
    }),
    { numRuns: 2000 },
  );
});
