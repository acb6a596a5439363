import { overlaps, parseAddress, rangeOf, type IpVersion } from './addresses.ts';
import { choosePools, poolRange, poolSize, type Pools } from './gatewayConfig/pools.ts';
import { accept, refuse, type Result } from './result.ts';
import { specialRangeAround } from './specialRanges.ts';
import { parseSubnet, type Subnet } from './subnets.ts';
import type { VpnSettings } from './vpns.ts';

type Network = Pick<VpnSettings, 'peerIp' | 'peerSubnets'>;

const subnetsOf = ({ peerSubnets }: Network): Subnet[] =>
  peerSubnets.flatMap((text) => {
    const parsed = parseSubnet(text);
    return parsed.ok ? [parsed.value] : [];
  });

/** The pools that a configuration for these settings is written with. `wanted`: a pool that was chosen, as CIDR. */
export const poolsFor = (network: Network, wanted?: string): Pools =>
  choosePools(wanted, subnetsOf(network), network.peerIp);

/**
 * Checks a pool of virtual IPs that somebody chose for these settings: one subnet, of an IP version that the VPN uses, with
 * addresses that can be routed, apart from what lies behind the gateway and from the gateway itself. Refusal codes start with
 * `pool_`, or are those of `parseSubnet`.
 */
export function checkPool(text: string, network: Network): Result<Subnet> {
  const parsed = parseSubnet(text.trim());
  if (!parsed.ok) return parsed;
  const pool = parsed.value;
  const special = specialRangeAround(pool);
  if (special?.kind === 'local') {
    const message = `${pool.text} holds ${special.words}. Replicas can’t have those.`;
    return refuse({ code: 'pool_local', message, part: text });
  }
  const subnets = subnetsOf(network);
  const behind = subnets.find((subnet) => overlaps(subnet, pool));
  if (behind !== undefined) {
    const message = `${pool.text} overlaps with the peer subnet ${behind.text}. Use a range that nothing behind the gateway has.`;
    return refuse({ code: 'pool_overlap', message, part: text, ...unused(network, pool.version) });
  }
  const address = parseAddress(network.peerIp);
  if (address.ok && overlaps(rangeOf(address.value), pool)) {
    const message = `${pool.text} holds the gateway’s own address ${address.value.text}.`;
    return refuse({ code: 'pool_gateway', message, part: text, ...unused(network, pool.version) });
  }
  if (subnets.length > 0 && !subnets.some(({ version }) => version === pool.version)) {
    const other = pool.version === 4 ? 6 : 4;
    const message = `${pool.text} is IPv${pool.version}, and all peer subnets are IPv${other}.`;
    return refuse({ code: 'pool_version', message, part: text, ...unused(network, other) });
  }
  return accept(pool);
}

/** A usual pool that doesn't overlap, as a suggestion. */
function unused(network: Network, version: IpVersion): { suggestion?: string } {
  const { v4, v6 } = poolsFor(network);
  const pool = version === 4 ? v4 : v6;
  return pool === undefined ? {} : { suggestion: pool.text };
}

/** Says that a pool has fewer addresses than there are replicas; undefined: there are enough. */
export function poolShortage(pools: Pools, replicas: number): string | undefined {
  for (const pool of [pools.v4, pools.v6]) {
    if (pool === undefined) continue;
    const { first, last } = poolRange(pool);
    const size = last - first + 1n;
    if (size >= BigInt(replicas)) continue;
    return `${pool.text} has ${poolSize(pool)} for ${replicas} replicas. Each replica needs one: those that come last get none.`;
  }
  return undefined;
}
