import type { DesiredVpn } from '../../../contract/agentProtocol.ts';
import { familiesOf } from '../connections.ts';
import type { Child, Generation } from '../generations.ts';

/** How the CHILD_SAs of a tunnel become others, within the IKE_SA that is up. */
export type ChildrenPlan = {
  /** All children afterwards. */
  children: Child[];
  /** Those of them that have to be set up. */
  fresh: Child[];
  /** Those of before that end. */
  gone: Child[];
};

/**
 * A change that the IKE_SA doesn't have to notice: other subnets, another ESP suite or lifetime. Null for every other.
 * What stays isn't touched, so that adding a subnet interrupts nothing. What is set up has names that nothing else has: who
 * comes after a crash has to tell new from old.
 */
export function planChildren(from: Generation<DesiredVpn | null>, to: DesiredVpn): ChildrenPlan | null {
  if (from.vpn === null || connectionText(from.vpn) !== connectionText(to)) return null;
  const sameEsp = JSON.stringify(from.vpn.esp) === JSON.stringify(to.esp);
  const wanted = new Set(to.peerSubnets);
  const kept = sameEsp
    ? from.children.filter(({ subnets }) => subnets.every((subnet) => wanted.has(subnet)))
    : [];
  const there = new Set(kept.flatMap(({ subnets }) => subnets));
  const missing = to.peerSubnets.filter((subnet) => !there.has(subnet));
  // IKEv1 negotiates one subnet per CHILD_SA.
  const groups = to.ike.version === 1 ? missing.map((subnet) => [subnet]) : [missing];
  const names = freeNames(from.children);
  const fresh = groups
    .filter(({ length }) => length > 0)
    .map((subnets, index) => ({ name: names(index), subnets }));
  return {
    children: [...kept, ...fresh],
    fresh,
    gone: from.children.filter((child) => !kept.includes(child)),
  };
}

/** What the IKE_SA depends on. The subnets count by their address families: each needs a virtual IP. */
const connectionText = (vpn: DesiredVpn): string =>
  JSON.stringify([
    vpn.id,
    vpn.ike,
    vpn.preSharedKey,
    vpn.peerIp,
    vpn.peerId,
    vpn.localId,
    vpn.udpEncapsulation,
    vpn.dpdDelaySeconds,
    familiesOf(vpn.peerSubnets),
  ]);

function freeNames(taken: readonly Child[]): (index: number) => string {
  const numbers = taken.map(({ name }) => Number(/\d+$/.exec(name)?.[0] ?? 0));
  const first = Math.max(0, ...numbers) + 1;
  return (index) => `net${first + index}`;
}
