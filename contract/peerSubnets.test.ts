import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPeerSubnets, SUBNETS_MAX } from './peerSubnets.ts';
import vectors from './vectors/subnets.json';

const lists = vectors.flatMap(({ kind, input, ...rest }) =>
  kind === 'list' && Array.isArray(input) ? [{ ...rest, input }] : [],
);

test.each(lists)('vector: $reason', ({ input, valid, canonical, context }) => {
  const peerIp = context?.peer_ip;
  const check = checkPeerSubnets(input, peerIp === undefined ? {} : { peerIp });
  expect(check.refusals.length === 0).toBe(valid);
  if (valid) expect(check.canonical).toEqual(canonical);
});

describe('refusals', () => {
  test.each([
    ['nothing at all', [], 'peerSubnets', 'subnets_empty', 'Add at least one subnet.'],
    [
      'all traffic',
      ['0.0.0.0/1', '128.0.0.0/1'],
      'peerSubnets',
      'full_tunnel',
      'Together these subnets take all IPv4 traffic, so workspaces would lose everything else. List only the subnets of the private network.',
    ],
    [
      'the second entry',
      ['10.250.0.0/24', 'bad'],
      'peerSubnets.1',
      'subnet_invalid',
      '“bad” is not a subnet. Write an address and a prefix length, such as 10.250.0.0/24.',
    ],
    [
      'a duplicate',
      ['10.0.0.0/24', '10.0.0.0/24'],
      'peerSubnets.1',
      'subnet_duplicate',
      '10.0.0.0/24 is listed twice.',
    ],
    [
      'a duplicate in another spelling',
      ['fd00::/64', 'FD00:0::/64'],
      'peerSubnets.1',
      'subnet_duplicate',
      'fd00::/64 is listed twice.',
    ],
    [
      'a subnet inside an earlier one',
      ['10.0.0.0/8', '10.1.0.0/16'],
      'peerSubnets.1',
      'subnet_overlap',
      '10.1.0.0/16 lies inside 10.0.0.0/8, which is listed too. Keep one of them.',
    ],
    [
      'a subnet around an earlier one',
      ['10.1.0.0/16', '10.0.0.0/8'],
      'peerSubnets.1',
      'subnet_overlap',
      '10.1.0.0/16 lies inside 10.0.0.0/8, which is listed too. Keep one of them.',
    ],
    [
      'the gateway itself',
      ['1.2.3.4/32'],
      'peerSubnets.0',
      'subnet_is_peer',
      '1.2.3.4/32 is the gateway itself. The tunnel to it can’t run through the tunnel: leave it out.',
    ],
    [
      'unspecified',
      ['0.0.0.0/8'],
      'peerSubnets.0',
      'subnet_not_routable',
      '0.0.0.0/8 can’t go through a tunnel: 0.0.0.0/8 holds unspecified addresses.',
    ],
    [
      'loopback',
      ['127.0.0.0/16'],
      'peerSubnets.0',
      'subnet_not_routable',
      '127.0.0.0/16 can’t go through a tunnel: 127.0.0.0/8 holds loopback addresses.',
    ],
    [
      'cloud metadata',
      ['169.254.169.254/32'],
      'peerSubnets.0',
      'subnet_not_routable',
      '169.254.169.254/32 can’t go through a tunnel: 169.254.169.254/32 holds the metadata service of cloud machines.',
    ],
    [
      'link-local',
      ['169.254.0.0/16'],
      'peerSubnets.0',
      'subnet_not_routable',
      '169.254.0.0/16 can’t go through a tunnel: 169.254.0.0/16 holds link-local addresses.',
    ],
    [
      'multicast',
      ['239.0.0.0/8'],
      'peerSubnets.0',
      'subnet_not_routable',
      '239.0.0.0/8 can’t go through a tunnel: 224.0.0.0/4 holds multicast addresses.',
    ],
    [
      'broadcast',
      ['255.255.255.255/32'],
      'peerSubnets.0',
      'subnet_not_routable',
      '255.255.255.255/32 can’t go through a tunnel: 255.255.255.255/32 holds the broadcast address.',
    ],
    [
      'loopback (IPv6)',
      ['::1/128'],
      'peerSubnets.0',
      'subnet_not_routable',
      '::1/128 can’t go through a tunnel: ::1/128 holds the loopback address.',
    ],
    [
      'link-local (IPv6)',
      ['fe80::/64'],
      'peerSubnets.0',
      'subnet_not_routable',
      'fe80::/64 can’t go through a tunnel: fe80::/10 holds link-local addresses.',
    ],
    [
      'multicast (IPv6)',
      ['ff02::/16'],
      'peerSubnets.0',
      'subnet_not_routable',
      'ff02::/16 can’t go through a tunnel: ff00::/8 holds multicast addresses.',
    ],
  ])('%s', (_, list, path, code, message) => {
    const { refusals } = checkPeerSubnets(list, { peerIp: '1.2.3.4' });
    expect(refusals).toEqual([expect.objectContaining({ path, code, message })]);
  });

  test('too many, by count and without parsing them all', () => {
    const many = Array.from({ length: SUBNETS_MAX + 1 }, (_, index) => `10.0.${index}.0/24`);
    expect(checkPeerSubnets(many).refusals).toEqual([
      {
        path: 'peerSubnets',
        code: 'subnets_too_many',
        message: 'There are 65 subnets. Use at most 64: join neighbours into wider ones.',
      },
    ]);
    expect(checkPeerSubnets(many.slice(1)).refusals).toEqual([]);
  });

  test('a suggestion that would be refused in turn is not made', () => {
    const list = ['10.251.0.0/24', '10.251.0.7/24', '169.254.1.1/16', '10.9.0.1/24'];
    expect(checkPeerSubnets(list).refusals.map(({ path, suggestion }) => [path, suggestion])).toEqual([
      ['peerSubnets.1', undefined],
      ['peerSubnets.2', undefined],
      ['peerSubnets.3', '10.9.0.0/24'],
    ]);
  });
});

describe('warnings', () => {
  test.each([
    [
      '10.0.0.0/8',
      '10.0.0.1',
      'subnet_contains_peer',
      '10.0.0.0/8 contains the gateway. Traffic to the gateway itself stays outside the tunnel.',
    ],
    [
      '128.0.0.0/3',
      '1.2.3.4',
      'subnet_wide',
      '128.0.0.0/3 is 1/8 of all IPv4 addresses: public services there are reached through the tunnel too.',
    ],
    [
      'fd00::/8',
      '1.2.3.4',
      'subnet_contains_local',
      'fd00::/8 contains fd00:ec2::254/128 (the metadata service of cloud machines): what a workspace reaches there is cut off while the tunnel is up.',
    ],
    [
      '192.0.2.0/24',
      '1.2.3.4',
      'subnet_special',
      '192.0.2.0/24 lies in 192.0.2.0/24, which holds addresses for documentation.',
    ],
    [
      '240.0.0.0/8',
      '1.2.3.4',
      'subnet_special',
      '240.0.0.0/8 lies in 240.0.0.0/4, which holds reserved addresses.',
    ],
  ])('%s', (subnet, peerIp, code, message) => {
    const { refusals, warnings } = checkPeerSubnets([subnet], { peerIp });
    expect(refusals).toEqual([]);
    expect(warnings).toContainEqual({ path: 'peerSubnets.0', code, message });
  });

  test('none for the guide’s own subnet', () => {
    expect(checkPeerSubnets(['10.250.0.0/24'], { peerIp: '1.2.3.4' }).warnings).toEqual([]);
  });
});

test('the canonical list is accepted unchanged', () => {
  const pieces = fc.constantFrom(
    '10.0.0.0/24',
    'FD00::/64',
    '10.0.1.0/24',
    'fd00:0:0:1::/64',
    '172.16.0.0/12',
  );
  fc.assert(
    fc.property(fc.uniqueArray(pieces, { minLength: 1 }), (list) => {
      const { canonical, refusals } = checkPeerSubnets(list);
      expect(refusals).toEqual([]);
      expect(checkPeerSubnets(canonical)).toMatchObject({ refusals: [], canonical });
    }),
  );
});
