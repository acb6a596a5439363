import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { ActivityIcon, MembersIcon, SettingsIcon, VpnIcon, WorkspaceIcon } from '../ui/icons.tsx';
import { failedVpnCountQuery, vpnCountQuery, workspaceCountQuery } from './counts.ts';

/** The pages of a team, in the order of the side bar. */
export const teamPages = [
  { label: 'Workspaces', icon: WorkspaceIcon, to: '/teams/$team/workspaces' },
  { label: 'VPNs', icon: VpnIcon, to: '/teams/$team/vpns' },
  { label: 'Members', icon: MembersIcon, to: '/teams/$team/members' },
  { label: 'Activity', icon: ActivityIcon, to: '/teams/$team/activity' },
  { label: 'Settings', icon: SettingsIcon, to: '/teams/$team/settings' },
] as const satisfies readonly { label: string; icon: ComponentType; to: string }[];

export type TeamPage = (typeof teamPages)[number];
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
