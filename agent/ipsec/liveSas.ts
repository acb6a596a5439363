import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { childrenOf } from './connections.ts';
import type { ChildSa, IkeSa } from './vici/sas.ts';

/** States in which a CHILD_SA carries traffic, or is being replaced by one that does (child_sa.h). */
const CARRYING = new Set(['INSTALLED', 'UPDATING', 'REKEYING', 'REKEYED', 'ROUTED']);

/** One VPN's part of what charon lists. During a renewal of keys there are two of everything. */
export type LiveSas = {
  ike: readonly IkeSa[];
  children: readonly ChildSa[];
  virtualIps: readonly string[];
  /** Remote traffic selectors installed, without repetitions. */
  remoteSubnets: readonly string[];
  /** Subnets as configured, whose CHILD_SA isn't there. */
  missingSubnets: readonly string[];
};

export function liveSasOf(vpn: DesiredVpn, sas: readonly IkeSa[]): LiveSas {
  const ike = sas.filter(({ name }) => name === vpn.id);
  const children = ike.flatMap((sa) => sa.children).filter(({ state }) => CARRYING.has(state));
  const names = new Set(children.map(({ name }) => name));
  return {
    ike,
    children,
    virtualIps: [...new Set(ike.flatMap((sa) => sa.virtualIps))],
    remoteSubnets: [...new Set(children.flatMap((child) => child.remoteSelectors))],
    missingSubnets: childrenOf(vpn).flatMap((child) => (names.has(child.name) ? [] : child.subnets)),
  };
}
