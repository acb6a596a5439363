import { overlaps, parseAddress, rangeOf, type AddressRange, type IpVersion } from '../addresses.ts';
import { specialRangeAround } from '../specialRanges.ts';
import { parseSubnet, type Subnet } from '../subnets.ts';

/** The first is the VPN guide's; the others are for companies that use it. */
const usual: Readonly<Record<IpVersion, readonly string[]>> = {
  4: [
    '10.200.0.0/24',
    '10.201.0.0/24',
    '172.30.200.0/24',
    '192.168.200.0/24',
    '100.64.200.0/24',
    '198.18.200.0/24',
  ],
  6: ['fd00:10:200::/112', 'fd00:10:201::/112', 'fdc8:200::/112'],
};

export type Pools = {
  /** Where virtual IPs come from, by IP version; left out: not needed, or none could be found. */
  v4?: Subnet;
  v6?: Subnet;
  /** IP versions whose peer subnets need a pool. */
  needed: IpVersion[];
  notes: string[];
};

/** Addresses that can be handed out: without the first and the last, which some gateways keep as network and broadcast. */
export const poolRange = (pool: Subnet): AddressRange =>
  pool.last - pool.first < 3n
    ? { version: pool.version, first: pool.first, last: pool.last }
    : { version: pool.version, first: pool.first + 1n, last: pool.last - 1n };

/** `254 addresses`, or `over a million addresses`. */
export function poolSize(pool: Subnet): string {
  const { first, last } = poolRange(pool);
  const size = last - first + 1n;
  const count = size > 1_000_000n ? 'over a million' : size.toLocaleString('en');
  return `${count} ${size === 1n ? 'address' : 'addresses'}`;
}

/**
 * The pools for these peer subnets: the wanted one where it can be used, else a usual one. A pool never overlaps with a peer
 * subnet or the gateway's own address, since its addresses would be unreachable for one side. Replicas ask for an address
 * of each IP version that they have peer subnets of.
 */
export function choosePools(wanted: string | undefined, subnets: readonly Subnet[], peerIp: string): Pools {
  const address = parseAddress(peerIp);
  const taken: AddressRange[] = [...subnets, ...(address.ok ? [rangeOf(address.value)] : [])];
  const versions = ([4, 6] as const).filter((version) =>
    subnets.some((subnet) => subnet.version === version),
  );
  const needed: IpVersion[] = versions.length === 0 ? [4] : versions;
  const pools: Pools = { needed, notes: [] };
  const given = wanted === undefined ? undefined : parsePool(wanted);
  for (const version of needed) {
    if (wanted !== undefined && given === undefined) continue;
    const own = given?.version === version ? given : undefined;
    const obstacle = own && taken.find((range) => overlaps(range, own));
    const free = usual[version]
      .map(parsePool)
      .find((pool) => pool && !taken.some((range) => overlaps(range, pool)));
    const chosen = own && !obstacle ? own : free;
    if (own && obstacle) {
      const what = subnets.find((subnet) => subnet === obstacle)?.text ?? 'the gateway’s address';
      const end = free ? ', so another one stands here.' : '. Choose another.';
      pools.notes.push(`The address pool ${own.text} overlaps with ${what}${end}`);
    }
    if (chosen) pools[version === 4 ? 'v4' : 'v6'] = chosen;
  }
  if (given && !needed.includes(given.version)) {
    pools.notes.push(`The address pool ${given.text} isn’t used: no peer subnet is IPv${given.version}.`);
  }
  return pools;
}

function parsePool(text: string): Subnet | undefined {
  const parsed = parseSubnet(text);
  if (!parsed.ok || specialRangeAround(parsed.value)?.kind === 'local') return undefined;
  return parsed.value;
}
