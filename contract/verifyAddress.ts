import { contains, parseAddress, rangeOf, type Address } from './addresses.ts';
import { refuse, type Result } from './result.ts';
import { parseSubnet } from './subnets.ts';

/** The address of a verification: one IP address inside the VPN's peer subnets (canonical CIDRs). */
export function parseVerifyAddress(text: string, peerSubnets: readonly string[]): Result<Address> {
  const address = parseAddress(text.trim());
  if (!address.ok) return address;
  const inside = peerSubnets.some((subnet) => {
    const parsed = parseSubnet(subnet);
    return parsed.ok && contains(parsed.value, rangeOf(address.value));
  });
  if (inside) return address;
  return refuse({
    code: 'address_outside',
    message: `${address.value.text} is outside the peer subnets (${peerSubnets.join(', ')}), so it isn’t reached through this VPN.`,
  });
}
