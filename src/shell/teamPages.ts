import type { ComponentType } from 'react';
import { ActivityIcon, MembersIcon, PortsIcon, SettingsIcon, VpnIcon, WorkspaceIcon } from '../ui/icons.tsx';

/** The pages of a team, in the order of the side bar. */
export const teamPages = [
  { label: 'Workspaces', icon: WorkspaceIcon, to: '/teams/$team/workspaces' },
  { label: 'VPNs', icon: VpnIcon, to: '/teams/$team/vpns' },
  { label: 'Ports', icon: PortsIcon, to: '/teams/$team/ports' },
  { label: 'Members', icon: MembersIcon, to: '/teams/$team/members' },
  { label: 'Activity', icon: ActivityIcon, to: '/teams/$team/activity' },
  { label: 'Settings', icon: SettingsIcon, to: '/teams/$team/settings' },
] as const satisfies readonly { label: string; icon: ComponentType; to: string }[];

export type TeamPage = (typeof teamPages)[number];
