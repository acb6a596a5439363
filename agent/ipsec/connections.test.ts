import { expect, test } from 'vitest';
import { connectionOf, fingerprintOf, identityProbeOf, sharedKeyOf } from './connections.ts';
import { guideVpn } from './desiredVpn.testing.ts';
import { childrenOf, firstGeneration, namesOf } from './generations.ts';

const two = ['10.250.0.0/24', '10.251.0.0/24'];
const ike = (version: 1 | 2, lifetimeSeconds = 3600) => ({
  ike: { version, lifetimeSeconds, proposals: ['aes256-sha256-modp2048'] },
});

test('the guide’s VPN, whole', () => {
  expect(connectionOf(guideVpn())).toEqual({
    version: '1',
    remote_addrs: ['1.2.3.4'],
    proposals: ['aes256-sha256-modp2048'],
    vips: ['0.0.0.0'],
    encap: 'yes',
    mobike: 'no',
    unique: 'never',
    keyingtries: '1',
    dpd_delay: '30s',
    rekey_time: '3540s',
    over_time: '60s',
    rand_time: '360s',
    local: { auth: 'psk', id: 'replica-1.culvert', aaa_id: guideVpn().id },
    remote: { auth: 'psk', id: '1.2.3.4' },
    children: {
      net0: {
        remote_ts: ['10.250.0.0/24'],
        esp_proposals: ['aes256-sha256-modp2048'],
        life_time: '28800s',
        rekey_time: '25920s',
        rand_time: '2880s',
        start_action: 'none',
        close_action: 'none',
        dpd_action: 'clear',
      },
    },
  });
});

test('two VPNs to one gateway differ in what tells charon that they need an IKE_SA each', () => {
  const { children: _, ...one } = connectionOf(guideVpn());
  const { children: __, ...other } = connectionOf(
    guideVpn({ id: 'vpn_other', peerSubnets: ['10.251.0.0/24'] }),
  );
  expect(other).not.toEqual(one);
});

test('IKEv1 has one child per subnet, IKEv2 one for all', () => {
  expect(childrenOf(guideVpn({ peerSubnets: two }))).toEqual([
    { name: 'net0', subnets: ['10.250.0.0/24'] },
    { name: 'net1', subnets: ['10.251.0.0/24'] },
  ]);
  expect(childrenOf(guideVpn({ ...ike(2), peerSubnets: two }))).toEqual([{ name: 'net', subnets: two }]);
});

test('a key is for the peer’s address and its identity, named once', () => {
  expect(sharedKeyOf(guideVpn()).owners).toEqual(['1.2.3.4']);
  expect(sharedKeyOf(guideVpn({ peerId: 'gw.example' })).owners).toEqual(['1.2.3.4', 'gw.example']);
});

test.each([
  [['10.0.0.0/8'], ['0.0.0.0']],
  [['2001:db8::/32'], ['::']],
  [
    ['10.0.0.0/8', '2001:db8::/32'],
    ['0.0.0.0', '::'],
  ],
])('subnets %j ask for virtual IPs %j', (peerSubnets, vips) => {
  expect(connectionOf(guideVpn({ peerSubnets }))['vips']).toEqual(vips);
});

test.each([300, 3600, 28_800, 86_400])(
  'IKE lifetime %i s: renewed before it is over, never more than 60 s of margin',
  (L) => {
    const connection = connectionOf(guideVpn(ike(2, L)));
    const seconds = (name: string) => Number.parseInt(String(connection[name]), 10);
    expect(seconds('rekey_time') + seconds('over_time')).toBe(L);
    expect(seconds('over_time')).toBeLessThanOrEqual(60);
    expect(seconds('rekey_time') - seconds('rand_time')).toBeGreaterThan(L / 2);
  },
);

test('a later generation asks for the virtual IP that is there, and differs in what charon compares', () => {
  const later = (index: 0 | 1 | 2) => {
    const generation = { ...firstGeneration(guideVpn()), virtualIps: ['10.200.0.7'] };
    return connectionOf(guideVpn(), undefined, { ...generation, name: namesOf('vpn_guide')[index] });
  };
  expect(later(1)['vips']).toEqual(['10.200.0.7']);
  expect(new Set([later(0), later(1), later(2)].map((connection) => connection['rand_time'])).size).toBe(3);
});

test('the probe asks for no identity, with a key that fits any', () => {
  const { key, connection } = identityProbeOf(guideVpn(ike(2)));
  expect(key).toMatchObject({ id: 'vpn_guide-identity', owners: ['%any'] });
  expect(connection['remote']).toEqual({ auth: 'psk', id: '%any' });
});

test('a fingerprint covers everything but the name and the revision', () => {
  const print = (changes: Parameters<typeof guideVpn>[0]) => fingerprintOf(guideVpn(changes), 'secret');
  expect(print({ name: 'other', revision: 9 })).toBe(print({}));
  const others = [
    { preSharedKey: 'another' },
    { peerIp: '1.2.3.5' },
    { peerId: 'gw' },
    { localId: 'replica-2.culvert' },
    { peerSubnets: two },
    { udpEncapsulation: false },
    { dpdDelaySeconds: 10 },
    ike(2),
    { esp: { lifetimeSeconds: 300, proposals: ['aes256-sha256'] } },
  ];
  expect(new Set([{}, ...others].map(print)).size).toBe(others.length + 1);
  expect(fingerprintOf(guideVpn(), 'another secret')).not.toBe(print({}));
});
