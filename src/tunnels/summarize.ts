import type { Tunnel, TunnelState, TunnelSummary } from '../../contract/tunnels.ts';

/** The worst first. A warning is worse than a replica that is away. */
const severity: readonly TunnelState[] = ['failed', 'unsupported', 'up', 'offline', 'connecting', 'pending'];

const isHealthy = ({ state, diagnosis }: Tunnel) => state === 'up' && diagnosis === null;

/** Counts tunnels as the server does for a VPN or a workspace, for a part of them that is listed already. */
export function summarize(tunnels: readonly Tunnel[]): TunnelSummary {
  const count = (state: TunnelState) => tunnels.filter((tunnel) => tunnel.state === state).length;
  const [worst] = tunnels
    .filter((tunnel) => !isHealthy(tunnel))
    .toSorted((a, b) => severity.indexOf(a.state) - severity.indexOf(b.state));
  return {
    wanted: tunnels.length,
    up: count('up'),
    warning: tunnels.filter(({ state, diagnosis }) => state === 'up' && diagnosis !== null).length,
    connecting: count('connecting'),
    pending: count('pending'),
    failed: count('failed'),
    offline: count('offline'),
    unsupported: count('unsupported'),
    worst: worst === undefined ? null : { state: worst.state, short: worst.diagnosis?.short ?? '' },
  };
}
