import { expect, test } from 'vitest';
import { ownAddresses } from './ownAddresses.ts';

const entry = (address: string) => ({
  address,
  netmask: '',
  mac: '',
  internal: false,
  cidr: null,
  ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
});
const interfaces = () => ({
  eth0: [entry('192.0.2.2'), entry('fd00::2'), entry('fe80::1')],
  ipsec0: [entry('10.200.0.1')],
});

test.each<[string | null, string[]]>([
  [null, ['127.0.0.1', '::1']],
  ['0.0.0.0', ['127.0.0.1']],
  ['::', ['::1', '127.0.0.1']],
  ['127.0.0.1', ['127.0.0.1']],
  ['127.0.0.53', ['127.0.0.53']],
  ['::1', ['::1']],
  ['192.0.2.2', ['192.0.2.2']],
  ['fd00::2', ['fd00::2']],
  ['fe80::1', ['fe80::1%eth0']],
  ['10.200.0.1', ['10.200.0.1']],
])('what listens on %s is reached at %j', (listening, addresses) => {
  expect(ownAddresses(listening, interfaces)).toEqual(addresses);
});

test.each(['10.250.0.5', '192.0.2.3', '203.0.113.1', 'fd00::3', '169.254.169.254'])(
  'nothing leads to %s, which isn’t an address of this replica',
  (listening) => {
    expect(ownAddresses(listening, interfaces)).toEqual([]);
  },
);
