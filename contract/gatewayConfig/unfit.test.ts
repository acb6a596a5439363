import { expect, test } from 'vitest';
import type { VpnSettings } from '../vpns.ts';
import type { GatewayKind } from './document.ts';
import { renderGateway } from './render.ts';
import { guideWith, partsText } from './testing/settings.ts';

const twoSubnets = { peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] };

test.each<[GatewayKind, string, VpnSettings, string]>([
  ['libreswan', 'IKEv1 with a pool', guideWith({ ikeVersion: 1 }), 'XAUTH'],
  ['libreswan', 'several subnets with a pool', guideWith(twoSubnets), 'go with one subnet'],
  [
    'libreswan',
    'another PRF than the hash',
    guideWith({ ike: ['aes256-sha256-prfsha384-modp2048'] }),
    'prfsha384',
  ],
  ['libreswan', 'Brainpool groups', guideWith({ ike: ['aes256-sha256-ecp256bp'] }), 'ecp256bp'],
  ['cisco-ios-xe', 'IKEv1', guideWith({ ikeVersion: 1 }), 'FlexVPN'],
  ['cisco-ios-xe', 'ChaCha20', guideWith({ esp: ['chacha20poly1305'] }), 'chacha20poly1305'],
  ['cisco-ios-xe', 'IPv6 subnets', guideWith({ peerSubnets: ['fd01::/64'] }), 'fd01::/64'],
  ['fortigate', 'an IPv6 gateway', guideWith({ peerIp: '2001:db8::1' }), '2001:db8::1'],
  ['fortigate', 'AES-192 GCM', guideWith({ esp: ['aes192gcm16'] }), 'aes192gcm16'],
  ['mikrotik', 'IKEv1', guideWith({ ikeVersion: 1 }), 'IKEv1'],
  [
    'mikrotik',
    'an AEAD in IKE',
    guideWith({ ike: ['aes256gcm16-prfsha384-ecp384'] }),
    'aes256gcm16-prfsha384-ecp384',
  ],
  ['opnsense', 'ChaCha20', guideWith({ ike: ['chacha20poly1305-prfsha256-curve25519'] }), 'chacha20poly1305'],
  ['pfsense', 'Camellia', guideWith({ esp: ['camellia256-sha256'] }), 'camellia256-sha256'],
])('%s can’t do %s, and says so', (kind, _, settings, reason) => {
  const document = renderGateway(kind, settings);
  expect(document.unfit).toContain(reason);
  expect(document).toMatchObject({ notes: [], parts: [] });
});

test.each<[GatewayKind, string, VpnSettings, string]>([
  [
    'cisco-ios-xe',
    'a suite that it has no name for beside one that it has',
    guideWith({ esp: ['chacha20poly1305-curve25519', 'aes256-sha256-modp2048'] }),
    'We know no IOS-XE name for the ESP cipher suite chacha20poly1305-curve25519: left out, so replicas use another.',
  ],
  [
    'cisco-ios-xe',
    'two groups for PFS',
    guideWith({ esp: ['aes256-sha256-modp2048', 'aes256-sha256-ecp256'] }),
    'IOS-XE has one group for perfect forward secrecy for all ESP cipher suites, so aes256-sha256-ecp256 is left out.',
  ],
  [
    'mikrotik',
    'two hashes in IKE',
    guideWith({ ike: ['aes256-sha256-modp2048', 'aes256-sha1-modp2048'] }),
    'RouterOS has one hash algorithm for all IKE cipher suites, so aes256-sha1-modp2048 is left out.',
  ],
  [
    'fortigate',
    'pairs that it takes in every combination',
    guideWith({ ike: ['aes256-sha256-modp2048', 'aes128-sha256-ecp256'] }),
    'FortiOS takes every proposal with every DH group that is listed, not only the pairs that replicas offer.',
  ],
  [
    'fortigate',
    'another group in phase 2 of IKEv1 than the first',
    guideWith({ ikeVersion: 1, esp: ['aes256-sha256-modp2048', 'aes256-sha256-ecp256'] }),
    'With IKEv1, phase 2 begins with the DH group of the first suite, so aes256-sha256-ecp256 is left out.',
  ],
  [
    'pfsense',
    'more alternatives than anybody would enter',
    guideWith({
      ike: [
        'aes128-aes192-aes256-sha1-sha256-sha384-modp2048-modp3072-modp4096-ecp256-ecp384-ecp521-curve25519-modp6144',
      ],
    }),
    'Only the first 64 combinations of the IKE cipher suites are there.',
  ],
  [
    'mikrotik',
    'several subnets',
    guideWith(twoSubnets),
    'Replicas ask for all subnets at once. Where RouterOS narrows them to one, their tunnels say so.',
  ],
  [
    'strongswan-ipsec',
    'IKEv1’s one key',
    guideWith({ ikeVersion: 1 }),
    'With IKEv1, the gateway has one key for all peers that it doesn’t know by their address.',
  ],
  [
    'generic',
    'the pool',
    guideWith({}),
    'Every replica takes one address of 10.200.0.0/24 (254 addresses). Route 10.200.0.0/24 back to the gateway.',
  ],
])('%s notes %s', (kind, _, settings, note) => {
  const document = renderGateway(kind, settings);
  expect(document.unfit).toBeNull();
  expect(document.notes).toContain(note);
});

test('IKEv1 with three subnets is a phase 2 for each on a FortiGate and a pfSense', () => {
  const settings = guideWith({
    ikeVersion: 1,
    peerSubnets: ['10.250.0.0/24', '10.251.0.0/24', '10.252.0.0/24'],
  });
  const fortigate = partsText(renderGateway('fortigate', settings));
  expect(fortigate.match(/set phase1name/g)).toHaveLength(3);
  expect(fortigate).toContain('set src-name "culvert-company-data-center-vu65-3"');
  expect(partsText(renderGateway('pfsense', settings)).match(/PFS key group/g)).toHaveLength(3);
});
