import { useQuery } from '@tanstack/react-query';
import { failedVpnCountQuery, portCountQuery, vpnCountQuery, workspaceCountQuery } from './counts.ts';
import type { TeamPage } from './teamPages.ts';

export type Count = { amount: number; failed: boolean };

/** The numbers beside the pages: how many there are, how many VPNs have a failed tunnel, how many ports are shared. */
export function useCounts(team: string): Partial<Record<TeamPage['label'], Count>> & { failing: number } {
  const workspaces = useQuery(workspaceCountQuery(team)).data;
  const vpns = useQuery(vpnCountQuery(team)).data;
  const ports = useQuery(portCountQuery(team)).data;
  const failing = useQuery(failedVpnCountQuery(team)).data ?? 0;
  const vpnCount = failing > 0 ? { amount: failing, failed: true } : { amount: vpns ?? 0, failed: false };
  return {
    failing,
    ...(workspaces === undefined ? {} : { Workspaces: { amount: workspaces, failed: false } }),
    ...(vpns === undefined ? {} : { VPNs: vpnCount }),
    ...(ports === undefined ? {} : { Ports: { amount: ports, failed: false } }),
  };
}
