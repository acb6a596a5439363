import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkVpn, vpnDefaults, type VpnSettings } from './vpns.ts';

const guide: VpnSettings = {
  ...vpnDefaults,
  name: 'Company data center',
  ike: { ...vpnDefaults.ike, version: 1 },
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
};
const context = { allowPrivatePeers: false };

test.each([1, 2] as const)(
  'the guide’s own settings are accepted with IKEv%i and stay as they are',
  (version) => {
    const settings = { ...guide, ike: { ...guide.ike, version } };
    expect(checkVpn({ ...settings, preSharedKey: 'k3Yw8JQ2mVn5Tz7RbX4c' }, context)).toEqual({
      refusals: [],
      canonical: settings,
    });
  },
);

test('what is stored is canonical', () => {
  const { refusals, canonical } = checkVpn(
    {
      ...guide,
      name: ' Company  data center ',
      ike: { ...guide.ike, version: 2, proposals: ['modp2048-sha2_256-aes256'] },
      esp: { ...guide.esp, proposals: ['aes256gcm-sha256'] },
      peerIp: '2001:DB8::0001',
      peerId: '@vpn.example.com',
      peerSubnets: ['FD00:0::/64'],
    },
    context,
  );
  expect(refusals).toEqual([]);
  expect(canonical).toMatchObject({
    name: 'Company data center',
    ike: { proposals: ['aes256-sha256-modp2048'] },
    esp: { proposals: ['aes256gcm16'] },
    peerIp: '2001:db8::1',
    peerId: 'vpn.example.com',
    peerSubnets: ['fd00::/64'],
  });
});

describe('every field is refused under its own path', () => {
  const suite = 'aes256-sha256-modp2048';
  const groups = ['modp2048', 'modp3072', 'modp4096', 'ecp256', 'ecp384', 'ecp521'];
  const manySuites = ['sha256', 'sha384', 'sha512'].flatMap((hash) =>
    groups.map((group) => `aes256-${hash}-${group}`),
  );
  test.each<[string, string, Partial<VpnSettings> & { preSharedKey?: string }]>([
    ['name', 'name_empty', { name: '' }],
    ['preSharedKey', 'psk_empty', { preSharedKey: '' }],
    ['ike.proposals', 'proposals_empty', { ike: { ...guide.ike, proposals: [] } }],
    ['ike.proposals', 'proposals_too_many', { ike: { ...guide.ike, proposals: manySuites } }],
    [
      'ike.proposals.1',
      'proposal_keyword',
      { ike: { ...guide.ike, proposals: [suite, 'aes256-sha3-modp2048'] } },
    ],
    [
      'ike.proposals.0',
      'proposal_ikev1',
      { ike: { ...guide.ike, proposals: ['aes256gcm16-prfsha384-ecp384'] } },
    ],
    ['esp.proposals', 'proposals_empty', { esp: { ...guide.esp, proposals: [] } }],
    ['esp.proposals.0', 'proposal_no_integrity', { esp: { ...guide.esp, proposals: ['aes256'] } }],
    ['peerIp', 'peer_private', { peerIp: '10.0.0.1' }],
    ['peerId', 'peer_id_any', { peerId: '%any' }],
    ['peerSubnets', 'subnets_empty', { peerSubnets: [] }],
    ['peerSubnets', 'full_tunnel', { peerSubnets: ['0.0.0.0/1', '128.0.0.0/1'] }],
    ['peerSubnets.1', 'subnet_host_bits', { peerSubnets: ['10.250.0.0/24', '10.251.0.7/24'] }],
    ['peerSubnets.0', 'subnet_is_peer', { peerSubnets: ['1.2.3.4/32'] }],
  ])('%s: %s', (path, code, change) => {
    const { refusals } = checkVpn({ ...guide, ...change }, context);
    expect(refusals).toEqual([expect.objectContaining({ path, code })]);
  });
});

test('all that is wrong is reported at once', () => {
  const { refusals } = checkVpn({ ...vpnDefaults, preSharedKey: '' }, context);
  expect(refusals.map(({ path }) => path)).toEqual(['name', 'preSharedKey', 'peerIp', 'peerSubnets']);
});

test('a private gateway is the operator’s choice', () => {
  expect(checkVpn({ ...guide, peerIp: '10.0.0.1' }, { allowPrivatePeers: true }).refusals).toEqual([]);
});

describe('whatever a request holds', () => {
  const plain =
    '0 1 255 ff a . : :: / /24 - , ; [ ] % @ = _ " aes256 sha256 modp2048 aes256gcm16 prfsha256 group14 none vpn_ 10.0.0.0 fd00';
  const odd = [' ', '\0', '\n', '\t', '\u200b', '\u202e', '１', '\ufdfa', 'İ', 'ß', '\u0301', '\ud800', '👩‍💻'];
  const pieces = fc.constantFrom(...plain.split(' '), ...odd);
  /** Many of the same make a text long, the way nobody types it. */
  const run = fc.tuple(pieces, fc.oneof(fc.constant(1), fc.constantFrom(2, 40, 5000)));
  const text = fc
    .array(run, { maxLength: 6 })
    .map((runs) => runs.map(([piece, times]) => piece.repeat(times)).join(''));
  const valid = <T>(...values: T[]) => fc.constantFrom(...values);
  const proposal = fc.oneof(
    text,
    valid('aes256-sha256-modp2048', 'aes256gcm16-prfsha384-ecp384', 'aes128-sha256'),
  );
  const phase = fc.record({
    lifetimeSeconds: fc.constant(3600),
    proposals: fc.array(proposal, { maxLength: 4 }),
  });
  const settings = fc.record({
    name: fc.oneof(text, valid('Office')),
    ike: fc.tuple(phase, valid<1 | 2>(1, 2)).map(([rest, version]) => ({ ...rest, version })),
    esp: phase,
    peerIp: fc.oneof(text, valid('1.2.3.4', '2001:470::1')),
    peerId: fc.oneof(text, fc.constant(null)),
    peerSubnets: fc.array(fc.oneof(text, valid('10.0.0.0/8', '172.16.0.0/12', '0.0.0.0/1', '128.0.0.0/1')), {
      maxLength: 5,
    }),
    udpEncapsulation: fc.boolean(),
    dpdDelaySeconds: fc.constant(30),
    preSharedKey: fc.oneof(text, fc.constant(undefined)),
  });

  test('it is judged without failing, and what is stored would be accepted again as it is', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { refusals, canonical } = checkVpn(given, context);
        if (refusals.length === 0) expect(checkVpn(canonical, context)).toEqual({ refusals: [], canonical });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['brackets around brackets', '['.repeat(60_000) + ']'.repeat(60_000)],
    ['commas at the end', `1${','.repeat(120_000)}`],
    ['invisible characters', '\u200b'.repeat(60_000)],
    ['numbers and dots', '1.'.repeat(60_000)],
  ])('endless %s are no address, which is found at once', (_, endless) => {
    const began = performance.now();
    const { refusals } = checkVpn(
      { ...guide, peerIp: endless, peerId: endless, peerSubnets: [endless] },
      context,
    );
    expect(refusals.map(({ path }) => path)).toEqual(['peerIp', 'peerId', 'peerSubnets.0']);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
