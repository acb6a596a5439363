import type { TunnelSummary } from '../../contract/tunnels.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { counted } from '../ui/counted.ts';

/** What a VPN without tunnels waits for. */
export const whyNoTunnels = ({ workspaces }: Pick<Vpn, 'workspaces'>): string =>
  workspaces === 0 ? 'No workspace connected' : 'No replica has joined yet';

/** “4 VPNs · 19 of 21 tunnels up”. The tunnels are left out while only a part of the list is here. */
export function totalsLine(vpns: readonly { tunnels: TunnelSummary }[], total: number): string {
  const line = counted(total, 'VPN');
  if (vpns.length < total) return line;
  const wanted = vpns.reduce((sum, { tunnels }) => sum + tunnels.wanted, 0);
  const up = vpns.reduce((sum, { tunnels }) => sum + tunnels.up, 0);
  return wanted === 0
    ? line
    : `${line} · ${up.toLocaleString('en')} of ${wanted.toLocaleString('en')} tunnels up`;
}
