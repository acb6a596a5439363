import { formatAddress } from '../../../contract/addresses.ts';
import { parseSubnet } from '../../../contract/subnets.ts';

/**
 * An address to try first: the first usable one of the first subnet, which is often its router. A /31, /32, /127 or
 * /128 has no network address to skip. Undefined where no subnet can be read.
 */
export function suggestAddress(
  peerSubnets: readonly string[],
): { address: string; subnet: string } | undefined {
  for (const subnet of peerSubnets) {
    const parsed = parseSubnet(subnet);
    if (!parsed.ok) continue;
    const { version, first, last } = parsed.value;
    const usable = last - first > 1n ? first + 1n : first;
    return { address: formatAddress(version, usable), subnet };
  }
  return undefined;
}
