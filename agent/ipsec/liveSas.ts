import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { firstGeneration, type Generation } from './generations.ts';
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

/** @param generations what counts; left out: the VPN as it is loaded at first */
export function liveSasOf(
  vpn: DesiredVpn,
  sas: readonly IkeSa[],
  generations: readonly Pick<Generation, 'name' | 'children'>[] = [firstGeneration(vpn)],
): LiveSas {
  const ike = sas.filter((sa) => generations.some(({ name }) => name === sa.name));
  const children = ike.flatMap((sa) => sa.children).filter(({ state }) => CARRYING.has(state));
  const there = new Set(children.map(({ name }) => name));
  const [wanted] = generations;
  return {
    ike,
    children,
    virtualIps: [...new Set(ike.flatMap((sa) => sa.virtualIps))],
    remoteSubnets: [...new Set(children.flatMap((child) => child.remoteSelectors))],
    missingSubnets: (wanted?.children ?? []).flatMap((child) => (there.has(child.name) ? [] : child.subnets)),
  };
}

/** Address that traffic into a tunnel comes from; null when nothing is up. */
export const sourceOf = ({ virtualIps, children }: LiveSas): string | null =>
  virtualIps.at(-1) ?? children[0]?.localSelectors[0]?.split('/')[0] ?? null;
