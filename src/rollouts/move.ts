import { may, type Actor } from '../../contract/permissions.ts';
import { findOverlap } from '../../contract/subnets.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { reasonOf } from '../session/reason.ts';

/** Why no workspaces can be moved away from a VPN now; undefined: they can. */
export function whyNoMove(actor: Actor, { rollout, workspaces }: Vpn): string | undefined {
  const denied = reasonOf(may.rolloutVpns(actor));
  if (denied !== undefined) return denied;
  if (workspaces === 0) return 'No workspace is connected to it.';
  return rollout === null ? undefined : 'Another change of it is on its way to its replicas.';
}

type End = Pick<Vpn, 'name' | 'peerSubnets'>;

/**
 * Whether a replica can have both tunnels until the new one works, and what that means. It can't where one address would
 * lie behind both gateways.
 */
export function waysOver(
  from: End,
  to: End,
): { makeBeforeBreak: true } | { makeBeforeBreak: false; shared: string } {
  const overlap = findOverlap(from.peerSubnets, to.peerSubnets);
  if (overlap === undefined) return { makeBeforeBreak: true };
  return {
    makeBeforeBreak: false,
    shared: overlap.a === overlap.b ? `${overlap.a} is behind both` : `${overlap.a} and ${overlap.b} overlap`,
  };
}
