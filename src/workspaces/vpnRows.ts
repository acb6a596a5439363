import type { Ref } from '../../contract/lists.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import { explainOnce, type Explanation } from '../tunnels/explainOnce.ts';

/** The table of a workspace’s VPNs: a row for each VPN, and under it one for each replica’s tunnel. */
export type VpnRow =
  | { kind: 'vpn'; key: string; vpn: Ref; tunnels: readonly Tunnel[] }
  | { kind: 'tunnel'; key: string; tunnel: Tunnel; explanation: Explanation | undefined };

const byName = (a: Ref, b: Ref) => a.name.localeCompare(b.name, 'en', { numeric: true });

/** VPNs by name, each with its tunnels by replica. A cause is explained once for each VPN: it is mended there. */
export function vpnRows(vpns: readonly Ref[], tunnels: readonly Tunnel[]): VpnRow[] {
  const byVpn = Map.groupBy(tunnels, (tunnel) => tunnel.vpn.id);
  return vpns.toSorted(byName).flatMap((vpn): VpnRow[] => {
    const own = (byVpn.get(vpn.id) ?? []).toSorted((a, b) => byName(a.replica, b.replica));
    const explanations = explainOnce(own);
    return [
      { kind: 'vpn', key: vpn.id, vpn, tunnels: own },
      ...own.map((tunnel): VpnRow => ({
        kind: 'tunnel',
        key: tunnel.id,
        tunnel,
        explanation: explanations.get(tunnel.id),
      })),
    ];
  });
}
