import { describe, expect, test } from 'vitest';
import { parsePeerAddress } from './peers.ts';
import vectors from './vectors/subnets.json';

const strict = { allowPrivatePeers: false };
const peers = vectors.flatMap((vector) =>
  vector.kind === 'peer_ip' && typeof vector.input === 'string' ? [{ ...vector, input: vector.input }] : [],
);

test.each(peers)('vector $input: $reason', ({ input, valid, canonical }) => {
  const result = parsePeerAddress(input, strict);
  expect(result.ok).toBe(valid);
  if (result.ok) expect(result.value.text).toBe(canonical);
});

describe('refusals', () => {
  const rest = 'Enter the gateway’s public address: the one that others reach it by.';
  test.each([
    ['', 'peer_empty', 'Enter the public IP address of the gateway.', undefined],
    [
      '10.0.0.1',
      'peer_private',
      `10.0.0.1 is in 10.0.0.0/8, which holds private addresses. ${rest}`,
      undefined,
    ],
    [
      '172.31.0.1',
      'peer_private',
      `172.31.0.1 is in 172.16.0.0/12, which holds private addresses. ${rest}`,
      undefined,
    ],
    [
      '192.168.1.1',
      'peer_private',
      `192.168.1.1 is in 192.168.0.0/16, which holds private addresses. ${rest}`,
      undefined,
    ],
    [
      '100.64.0.1',
      'peer_private',
      `100.64.0.1 is in 100.64.0.0/10, which holds shared addresses of carrier networks. ${rest}`,
      undefined,
    ],
    ['fd00::1', 'peer_private', `fd00::1 is in fc00::/7, which holds private addresses. ${rest}`, undefined],
    [
      '127.0.0.1',
      'peer_special',
      '127.0.0.1 can’t be a gateway: 127.0.0.0/8 holds loopback addresses.',
      undefined,
    ],
    [
      '169.254.169.254',
      'peer_special',
      '169.254.169.254 can’t be a gateway: 169.254.169.254/32 holds the metadata service of cloud machines.',
      undefined,
    ],
    [
      '169.254.1.1',
      'peer_special',
      '169.254.1.1 can’t be a gateway: 169.254.0.0/16 holds link-local addresses.',
      undefined,
    ],
    [
      '224.0.0.1',
      'peer_special',
      '224.0.0.1 can’t be a gateway: 224.0.0.0/4 holds multicast addresses.',
      undefined,
    ],
    [
      '240.0.0.1',
      'peer_special',
      '240.0.0.1 can’t be a gateway: 240.0.0.0/4 holds reserved addresses.',
      undefined,
    ],
    ['::1', 'peer_special', '::1 can’t be a gateway: ::1/128 holds the loopback address.', undefined],
    [
      'fe80::1',
      'peer_special',
      'fe80::1 can’t be a gateway: fe80::/10 holds link-local addresses.',
      undefined,
    ],
    ['ff02::1', 'peer_special', 'ff02::1 can’t be a gateway: ff00::/8 holds multicast addresses.', undefined],
    [
      '2002:7f00:1::',
      'peer_special',
      '2002:7f00:1:: can’t be a gateway: 2002::/16 holds 6to4 addresses.',
      undefined,
    ],
    ['4000::1', 'peer_special', '4000::1 can’t be a gateway: 4000::/2 holds reserved addresses.', undefined],
    [
      '64:ff9b::8.8.8.8',
      'peer_special',
      '64:ff9b::808:808 is an IPv4 address behind NAT64. Enter the IPv4 address itself.',
      '8.8.8.8',
    ],
    [
      '64:ff9b::127.0.0.1',
      'peer_special',
      '64:ff9b::7f00:1 is an IPv4 address behind NAT64. Enter the IPv4 address itself.',
      undefined,
    ],
    [
      '::ffff:127.0.0.1',
      'address_mapped',
      '::ffff:127.0.0.1 is the IPv4 address 127.0.0.1 written as IPv6. Write 127.0.0.1.',
      '127.0.0.1',
    ],
    [
      '%any',
      'address_zone',
      '%any holds “%”. Zones and keywords such as %any can’t be used here: enter one address.',
      undefined,
    ],
    [
      'vpn.example.com',
      'address_name',
      'vpn.example.com is a name, not an IP address. Enter the address as numbers, such as 198.51.100.1.',
      undefined,
    ],
  ])('%s: %s', (text, code, message, suggestion) => {
    const result = parsePeerAddress(text, strict);
    expect(result).toMatchObject({ ok: false, refusal: { code, message } });
    expect(result.ok ? undefined : result.refusal.suggestion).toBe(suggestion);
  });
});

test.each(['1.2.3.4', '8.8.8.8', '223.255.255.254', '2606:4700::1', '203.0.113.7', '2001:db8::1'])(
  '%s is accepted',
  (text) => expect(parsePeerAddress(text, strict).ok).toBe(true),
);

test.each([
  ['10.0.0.1', true],
  ['100.64.0.1', true],
  ['fd00::1', true],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['fe80::1', false],
])('where the operator allows private gateways, %s is accepted: %s', (text, accepted) => {
  expect(parsePeerAddress(text, { allowPrivatePeers: true }).ok).toBe(accepted);
});
