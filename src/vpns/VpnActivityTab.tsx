import { getRouteApi } from '@tanstack/react-router';
import { ActivityPanel } from '../activity/ActivityPanel.tsx';
import { useTeam } from '../session/viewer.ts';

const route = getRouteApi('/teams/$team/vpns/$vpn/activity');

/** Who did what with this VPN. */
export function VpnActivityTab() {
  const { id: team } = useTeam();
  const { vpn } = route.useParams();
  return <ActivityPanel team={team} subject={vpn} empty="Nothing has happened with this VPN yet" />;
}
