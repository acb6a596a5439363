import { contains, overlaps, type AddressRange, type IpVersion } from './addresses.ts';
import { parseIpv4 } from './ipv4.ts';
import { parseIpv6 } from './ipv6.ts';

/**
 * - `private`: routed inside organizations only
 * - `documentation`: for examples; nothing answers there
 * - `embedded`: carries an IPv4 address in it
 * - `local`: never leaves the machine or the link, or isn't one machine's address (loopback, link-local, multicast, …)
 * - `reserved`: not assigned to anybody
 */
export type SpecialKind = 'private' | 'documentation' | 'embedded' | 'local' | 'reserved';

/** `words` completes “this range holds ”: “loopback addresses”. */
export type SpecialRange = AddressRange & { cidr: string; kind: SpecialKind; words: string };

function special(cidr: string, kind: SpecialKind, words: string): SpecialRange {
  const [address = '', prefix = ''] = cidr.split('/');
  const version: IpVersion = address.includes(':') ? 6 : 4;
  const parsed = version === 4 ? parseIpv4(address) : parseIpv6(address);
  const first = parsed.ok ? parsed.value : 0n;
  const size = 1n << BigInt((version === 4 ? 32 : 128) - Number(prefix));
  return { version, first, last: first + size - 1n, cidr, kind, words };
}

/**
 * The IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates), the multicast blocks, and what lies
 * outside of 2000::/3. Narrower entries come before the wider ones that hold them.
 */
export const specialRanges: readonly SpecialRange[] = [
  special('0.0.0.0/8', 'local', 'unspecified addresses'),
  special('10.0.0.0/8', 'private', 'private addresses'),
  special('100.64.0.0/10', 'private', 'shared addresses of carrier networks'),
  special('127.0.0.0/8', 'local', 'loopback addresses'),
  special('169.254.169.254/32', 'local', 'the metadata service of cloud machines'),
  special('169.254.0.0/16', 'local', 'link-local addresses'),
  special('172.16.0.0/12', 'private', 'private addresses'),
  special('192.0.0.0/24', 'reserved', 'addresses reserved for protocols'),
  special('192.0.2.0/24', 'documentation', 'addresses for documentation'),
  special('192.88.99.0/24', 'reserved', 'former 6to4 relay addresses'),
  special('192.168.0.0/16', 'private', 'private addresses'),
  special('198.18.0.0/15', 'private', 'addresses for benchmarks'),
  special('198.51.100.0/24', 'documentation', 'addresses for documentation'),
  special('203.0.113.0/24', 'documentation', 'addresses for documentation'),
  special('224.0.0.0/4', 'local', 'multicast addresses'),
  special('255.255.255.255/32', 'local', 'the broadcast address'),
  special('240.0.0.0/4', 'reserved', 'reserved addresses'),

  special('::/128', 'local', 'the unspecified address'),
  special('::1/128', 'local', 'the loopback address'),
  special('64:ff9b::/96', 'embedded', 'IPv4 addresses behind NAT64'),
  special('64:ff9b:1::/48', 'private', 'NAT64 addresses of a local network'),
  special('100::/64', 'reserved', 'discard-only addresses'),
  special('2001:db8::/32', 'documentation', 'addresses for documentation'),
  special('2001::/32', 'embedded', 'Teredo addresses'),
  special('2001::/23', 'reserved', 'addresses reserved for protocols'),
  special('2002::/16', 'embedded', '6to4 addresses'),
  special('3fff::/20', 'documentation', 'addresses for documentation'),
  special('fd00:ec2::254/128', 'local', 'the metadata service of cloud machines'),
  special('fc00::/7', 'private', 'private addresses'),
  special('fe80::/10', 'local', 'link-local addresses'),
  special('fec0::/10', 'reserved', 'former site-local addresses'),
  special('ff00::/8', 'local', 'multicast addresses'),
  special('::/3', 'reserved', 'reserved addresses'),
  special('4000::/2', 'reserved', 'reserved addresses'),
  special('8000::/1', 'reserved', 'reserved addresses'),
];

/** The narrowest special range that holds all of `range`; undefined: public unicast, or wider than any. */
export const specialRangeAround = (range: AddressRange): SpecialRange | undefined =>
  specialRanges.find((entry) => contains(entry, range));

/** Special ranges that `range` holds part of without lying inside them. */
export const specialRangesWithin = (range: AddressRange): SpecialRange[] =>
  specialRanges.filter((entry) => overlaps(entry, range) && !contains(entry, range));
