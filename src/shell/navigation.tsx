import { useQuery } from '@tanstack/react-query';
import { createLink, linkOptions } from '@tanstack/react-router';
import { styled } from '@mui/material/styles';
import type { ComponentType } from 'react';
import { ActivityIcon, MembersIcon, SettingsIcon, VpnIcon, WorkspaceIcon } from '../ui/icons.tsx';
import { failedVpnCountQuery, vpnCountQuery, workspaceCountQuery } from './counts.ts';

/** The pages of a team, in the order of the side bar. */
export const teamPages = [
  { label: 'Workspaces', icon: WorkspaceIcon, link: linkOptions({ to: '/teams/$team/workspaces' }) },
  { label: 'VPNs', icon: VpnIcon, link: linkOptions({ to: '/teams/$team/vpns' }) },
  { label: 'Members', icon: MembersIcon, link: linkOptions({ to: '/teams/$team/members' }) },
  { label: 'Activity', icon: ActivityIcon, link: linkOptions({ to: '/teams/$team/activity' }) },
  { label: 'Settings', icon: SettingsIcon, link: linkOptions({ to: '/teams/$team/settings' }) },
] as const satisfies { label: string; icon: ComponentType; link: object }[];

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

/** A navigation link without looks; the side bar and the bottom bar dress it. */
export const PlainLink = createLink(styled('a')({ color: 'inherit', textDecoration: 'none' }));
