import { contains, parseAddress, rangeOf, type AddressRange } from './addresses.ts';
import { coversEverything } from './fullTunnel.ts';
import type { Refusal, Warning } from './result.ts';
import { specialRangeAround, specialRangesWithin } from './specialRanges.ts';
import { parseSubnet, type Subnet } from './subnets.ts';

export const SUBNETS_MAX = 64;

export type PeerSubnetsCheck = {
  /** `path` is `peerSubnets.N`, or `peerSubnets` for what concerns the whole list. */
  refusals: (Refusal & { path: string })[];
  warnings: (Warning & { path: string })[];
  /** What to store: accepted subnets in canonical form, refused ones as given. */
  canonical: string[];
};

/** Why this subnet can't be routed into a tunnel, beside those listed before it. */
function refuseMember(
  subnet: Subnet,
  earlier: readonly Subnet[],
  peer: AddressRange | undefined,
): Refusal | undefined {
  const { text } = subnet;
  const special = specialRangeAround(subnet);
  if (special?.kind === 'local') {
    const message = `${text} can’t go through a tunnel: ${special.cidr} holds ${special.words}.`;
    return { code: 'subnet_not_routable', message, part: text };
  }
  if (peer && contains(peer, subnet)) {
    const message = `${text} is the gateway itself. The tunnel to it can’t run through the tunnel: leave it out.`;
    return { code: 'subnet_is_peer', message, part: text };
  }
  for (const other of earlier) {
    if (other.text === text)
      return { code: 'subnet_duplicate', message: `${text} is listed twice.`, part: text };
    const [outer, inner] = contains(other, subnet) ? [other, subnet] : [subnet, other];
    if (contains(outer, inner)) {
      const message = `${inner.text} lies inside ${outer.text}, which is listed too. Keep one of them.`;
      return { code: 'subnet_overlap', message, part: text };
    }
  }
  return undefined;
}

/** Below this prefix length a subnet is wider than any network that one organization usually has. */
const WIDE_PREFIX = { 4: 8, 6: 16 } as const;

/** What deserves a word about an accepted subnet. */
function warn(subnet: Subnet, peer: AddressRange | undefined): Warning[] {
  const { text, version, prefix } = subnet;
  const warnings: Warning[] = [];
  if (peer && contains(subnet, peer)) {
    const message = `${text} contains the gateway. Traffic to the gateway itself stays outside the tunnel.`;
    warnings.push({ code: 'subnet_contains_peer', message });
  }
  if (prefix < WIDE_PREFIX[version]) {
    const share = `1/${2 ** prefix}`;
    const message = `${text} is ${share} of all IPv${version} addresses: public services there are reached through the tunnel too.`;
    warnings.push({ code: 'subnet_wide', message });
  }
  const local = specialRangesWithin(subnet).filter((range) => range.kind === 'local');
  if (local.length > 0) {
    const parts = local.map((range) => `${range.cidr} (${range.words})`).join(', ');
    const message = `${text} contains ${parts}: what a workspace reaches there is cut off while the tunnel is up.`;
    warnings.push({ code: 'subnet_contains_local', message });
  }
  const special = specialRangeAround(subnet);
  if (special && special.kind !== 'private') {
    const message = `${text} lies in ${special.cidr}, which holds ${special.words}.`;
    warnings.push({ code: 'subnet_special', message });
  }
  return warnings;
}

/** The refusal without a suggestion that would be refused in turn. */
function withUsableSuggestion(
  refusal: Refusal,
  earlier: readonly Subnet[],
  peer: AddressRange | undefined,
): Refusal {
  const { suggestion, ...rest } = refusal;
  if (suggestion === undefined) return rest;
  const parsed = parseSubnet(suggestion);
  return parsed.ok && !refuseMember(parsed.value, earlier, peer) ? refusal : rest;
}

/**
 * Applies every rule to a VPN's peer subnets: each entry by itself, against those before it, against the gateway's address
 * (`peerIp`, when it is known), and all of them together. No refusals: the list can be saved.
 */
export function checkPeerSubnets(
  list: readonly string[],
  context: { peerIp?: string } = {},
): PeerSubnetsCheck {
  const check: PeerSubnetsCheck = { refusals: [], warnings: [], canonical: [...list] };
  const refuseList = (refusal: Refusal) => check.refusals.push({ path: 'peerSubnets', ...refusal });
  if (list.length === 0) refuseList({ code: 'subnets_empty', message: 'Add at least one subnet.' });
  if (list.length > SUBNETS_MAX) {
    refuseList({
      code: 'subnets_too_many',
      message: `There are ${list.length} subnets. Use at most ${SUBNETS_MAX}: join neighbours into wider ones.`,
    });
    return check;
  }
  const address = parseAddress(context.peerIp ?? '');
  const peer = address.ok ? rangeOf(address.value) : undefined;
  const accepted: Subnet[] = [];
  for (const [index, text] of list.entries()) {
    const path = `peerSubnets.${index}`;
    const parsed = parseSubnet(text);
    if (!parsed.ok) {
      check.refusals.push({ path, ...withUsableSuggestion(parsed.refusal, accepted, peer) });
      continue;
    }
    const refusal = refuseMember(parsed.value, accepted, peer);
    if (refusal) check.refusals.push({ path, ...refusal });
    else check.warnings.push(...warn(parsed.value, peer).map((warning) => ({ path, ...warning })));
    check.canonical[index] = parsed.value.text;
    accepted.push(parsed.value);
  }
  const everything = coversEverything(accepted);
  if (everything !== undefined) {
    const message = `Together these subnets take all IPv${everything} traffic, so workspaces would lose everything else. List only the subnets of the private network.`;
    refuseList({ code: 'full_tunnel', message });
  }
  return check;
}
