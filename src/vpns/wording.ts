import type { TunnelSummary } from '../../contract/tunnels.ts';
import type { Vpn } from '../../contract/vpns.ts';

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What a VPN without tunnels waits for. */
export const whyNoTunnels = ({ workspaces }: Pick<Vpn, 'workspaces'>): string =>
  workspaces === 0 ? 'No workspace connected' : 'No replica has joined yet';

/** “4 VPNs · 19 of 21 tunnels up”. The tunnels are left out while only a part of the list is here. */
export function totalsLine(vpns: readonly { tunnels: TunnelSummary }[], total: number): string {
  const line = counted(total, 'VPN');
  if (vpns.length < total) return line;
  const wanted = vpns.reduce((sum, { tunnels }) => sum + tunnels.wanted, 0);
  const up = vpns.reduce((sum, { tunnels }) => sum + tunnels.up, 0);
  return wanted === 0 ? line : `${line} · ${up.toLocaleString('en')} of ${wanted.toLocaleString('en')} tunnels up`;
}

/** The subnets as a sentence needs them: the first two by name, the rest as a number. */
export function subnetsInWords(subnets: readonly string[]): string {
  const shown = subnets.slice(0, 2);
  const more = subnets.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.join(' and ');
}
