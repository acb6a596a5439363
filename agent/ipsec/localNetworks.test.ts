import { expect, test } from 'vitest';
import { swallowedNetworks } from './localNetworks.ts';

test.each([
  ['beside each other', ['172.17.0.0/16'], ['10.0.0.0/8'], []],
  ['inside a peer subnet', ['10.42.0.0/24', '172.17.0.0/16'], ['10.0.0.0/8'], ['10.42.0.0/24']],
  ['the very peer subnet', ['10.42.0.0/24'], ['10.42.0.0/24'], []],
  ['around a peer subnet', ['10.0.0.0/8'], ['10.250.0.0/24'], []],
  ['IPv6', ['fd00:1::/64', 'fe80::/64'], ['fd00::/16'], ['fd00:1::/64']],
  ['not a network', ['default', 'unreachable', ''], ['10.0.0.0/8'], []],
])('a local network %s', (_, local, peers, swallowed) => {
  expect(swallowedNetworks(local, peers)).toEqual(swallowed);
});
