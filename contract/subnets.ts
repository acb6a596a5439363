import { parseAddress, type AddressRange, type IpVersion } from './addresses.ts';
import { accept, refuse, type Refusal, type Result, type Warning } from './result.ts';

export const SUBNETS_MAX = 64;

/** A network in CIDR notation; `text` is canonical. */
export type Subnet = AddressRange & { prefix: number; text: string };

export function parseSubnet(text: string): Result<Subnet> {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = parseAddress(match?.[1] ?? '');
  if (!address.ok) return refuse({ code: 'subnet_invalid', message: `${text} is not a subnet.` });
  const prefix = Number(match?.[2]);
  const size = 1n << BigInt(32 - prefix);
  const first = (address.value.value / size) * size;
  return accept({ version: 4, first, last: first + size - 1n, prefix, text });
}

/** The IP version that the subnets together cover completely, however they are split; undefined: none. */
export function coversEverything(subnets: readonly AddressRange[]): IpVersion | undefined {
  return subnets.some((subnet) => subnet.first === 0n && subnet.last === 2n ** 32n - 1n) ? 4 : undefined;
}

export const overlaps = (a: AddressRange, b: AddressRange): boolean =>
  a.version === b.version && a.first <= b.last && b.first <= a.last;

export const contains = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;

export type PeerSubnetsCheck = {
  /** `path` is `peerSubnets.N`, or `peerSubnets` for what concerns the whole list. */
  refusals: (Refusal & { path: string })[];
  warnings: (Warning & { path: string })[];
  /** What to store: the accepted ones in canonical form, the others as given. */
  canonical: string[];
};

export function checkPeerSubnets(list: readonly string[], _context: { peerIp?: string }): PeerSubnetsCheck {
  const refusals = list.flatMap((text, index) => {
    const result = parseSubnet(text);
    return result.ok ? [] : [{ path: `peerSubnets.${index}`, ...result.refusal }];
  });
  return { refusals, warnings: [], canonical: [...list] };
}

/** The first pair of overlapping subnets of two VPNs; undefined: the VPNs can share a workspace. */
export function findOverlap(
  a: readonly string[],
  b: readonly string[],
): { a: string; b: string } | undefined {
  for (const left of a) {
    for (const right of b) {
      const [one, other] = [parseSubnet(left), parseSubnet(right)];
      if (one.ok && other.ok && overlaps(one.value, other.value)) return { a: left, b: right };
    }
  }
  return undefined;
}
