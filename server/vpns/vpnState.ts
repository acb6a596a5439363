import type { TunnelSummary } from '../../contract/tunnels.ts';
import type { VpnState } from '../../contract/vpns.ts';

/** Under which state of the list's filter a VPN falls, by its tunnels: the worst that is true. */
export function vpnState(tunnels: Omit<TunnelSummary, 'worst'>): VpnState {
  if (tunnels.wanted === 0) return 'none';
  if (tunnels.failed + tunnels.unsupported > 0) return 'failed';
  if (tunnels.warning > 0) return 'warning';
  if (tunnels.offline > 0) return 'offline';
  return tunnels.up === tunnels.wanted ? 'up' : 'connecting';
}
