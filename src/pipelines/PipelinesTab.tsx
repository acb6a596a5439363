import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { vpnQuery } from '../api/vpns.ts';
import { useTeam } from '../session/viewer.ts';
import { Stack } from '../ui/Panel.tsx';
import { RunsPanel } from './RunsPanel.tsx';
import { StepsPanel } from './StepsPanel.tsx';
import { VpnRefusals } from './VpnRefusals.tsx';

const route = getRouteApi('/teams/$team/vpns/$vpn/ci-cd');

/** How a pipeline gets previews with this VPN, and how those did that have. */
export function PipelinesTab() {
  const team = useTeam();
  const { vpn: id } = route.useParams();
  const { data: vpn } = useQuery(vpnQuery(team.id, id));
  // The frame around the tabs shows that the VPN loads, or why it can’t.
  if (vpn === undefined) return null;
  return (
    <Stack>
      <StepsPanel vpn={vpn} />
      <VpnRefusals />
      <RunsPanel vpn={vpn} />
    </Stack>
  );
}
