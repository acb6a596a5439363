import { useQuery } from '@tanstack/react-query';
import { failedVpnCountQuery, vpnCountQuery, workspaceCountQuery } from './counts.ts';
import type { TeamPage } from './teamPages.ts';

export type Count = { amount: number; failed: boolean };

/** The numbers beside the pages: how many there are, or how many VPNs have a failed tunnel. */
export function useCounts(team: string): Partial<Record<TeamPage['label'], Count>> & { failing: number } {
  const workspaces = useQuery(workspaceCountQuery(team)).data;
  const vpns = useQuery(vpnCountQuery(team)).data;
  const failing = useQuery(failedVpnCountQuery(team)).data ?? 0;
  const vpnCount = failing > 0 ? { amount: failing, failed: true } : { amount: vpns ?? 0, failed: false };
  return {
    failing,
    ...(workspaces === undefined ? {} : { Workspaces: { amount: workspaces, failed: false } }),
    ...(vpns === undefined ? {} : { VPNs: vpnCount }),
  };
}
