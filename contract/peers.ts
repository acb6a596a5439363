import { parseAddress, rangeOf, type Address } from './addresses.ts';
import { formatIpv4 } from './ipv4.ts';
import { refuse, type Result } from './result.ts';
import { specialRangeAround } from './specialRanges.ts';

/**
 * The gateway's address: one literal unicast address that is reachable from the internet. Private ones are for operators
 * who allow them, so that nobody probes the platform's own network through agents. Addresses for documentation are accepted:
 * they are syntactically public and reach nothing.
 */
export function parsePeerAddress(text: string, policy: { allowPrivatePeers: boolean }): Result<Address> {
  if (text === '')
    return refuse({ code: 'peer_empty', message: 'Enter the public IP address of the gateway.' });
  const parsed = parseAddress(text);
  if (!parsed.ok) return parsed;
  const address = parsed.value;
  const special = specialRangeAround(rangeOf(address));
  if (special === undefined || special.kind === 'documentation') return parsed;
  if (special.kind === 'private') {
    if (policy.allowPrivatePeers) return parsed;
    const message = `${address.text} is in ${special.cidr}, which holds ${special.words}. Enter the gateway’s public address: the one that others reach it by.`;
    return refuse({ code: 'peer_private', message, part: address.text });
  }
  if (special.cidr === '64:ff9b::/96') {
    const ipv4 = parsePeerAddress(formatIpv4(address.value & 0xffff_ffffn), policy);
    const message = `${address.text} is an IPv4 address behind NAT64. Enter the IPv4 address itself.`;
    const refusal = { code: 'peer_special', message, part: address.text };
    return refuse(ipv4.ok ? { ...refusal, suggestion: ipv4.value.text } : refusal);
  }
  const message = `${address.text} can’t be a gateway: ${special.cidr} holds ${special.words}.`;
  return refuse({ code: 'peer_special', message, part: address.text });
}
