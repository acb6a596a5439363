import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { media } from '../theme/tokens.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Panel, PanelBar, PanelBody, PanelTitle, Stack } from '../ui/Panel.tsx';
import { DeleteVpnDialog } from './DeleteVpnDialog.tsx';
import { GatewaySide } from './GatewaySide.tsx';
import { vpnQuery } from '../api/vpns.ts';
import { VpnNeeds } from './VpnNeeds.tsx';
import { VpnReadout } from './VpnReadout.tsx';
import { counted } from '../ui/counted.ts';

const route = getRouteApi('/teams/$team/vpns/$vpn/overview');

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) minmax(260px, 372px)',
  alignItems: 'start',
  gap: 18,
  '@media (max-width: 1099.95px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  [media.phone]: { gap: 14 },
});

const Split = styled(PanelBody)({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 14,
});

/** A VPN’s settings to read, and what the gateway needs for it. */
export function VpnOverviewTab() {
  const team = useTeam();
  const { vpn: id } = route.useParams();
  const navigate = useNavigate();
  const { data: vpn } = useQuery(vpnQuery(team.id, id));
  const [deleting, setDeleting] = useState(false);
  // The frame around the tabs shows that it loads, or why it can’t.
  if (vpn === undefined) return null;
  return (
    <Columns>
      <Stack>
        <VpnReadout vpn={vpn} />
        <Panel aria-label="Delete this VPN">
          <PanelBar>
            <PanelTitle>Delete this VPN</PanelTitle>
          </PanelBar>
          <Split>
            <span>
              {vpn.replicas === 0
                ? 'No tunnel depends on it.'
                : `${counted(vpn.replicas, 'replica')} of ${counted(vpn.workspaces, 'workspace')} would lose the tunnel.`}
            </span>
            <ActionButton
              color="error"
              disabledReason={reasonOf(may.manageVpns(team.actor))}
              onClick={() => setDeleting(true)}
            >
              Delete VPN
            </ActionButton>
          </Split>
        </Panel>
      </Stack>
      <Stack>
        <VpnNeeds vpn={vpn} />
        <GatewaySide
          settings={vpn}
          note="What has to match on both sides is marked."
          actions={
            <ButtonLink
              size="small"
              to="/teams/$team/vpns/$vpn/gateway-config"
              params={{ team: team.id, vpn: vpn.id }}
            >
              Download or share
            </ButtonLink>
          }
        />
      </Stack>
      {deleting && (
        <DeleteVpnDialog
          team={team.id}
          vpn={vpn}
          onClose={() => setDeleting(false)}
          onDeleted={() => void navigate({ to: '/teams/$team/vpns', params: { team: team.id } })}
        />
      )}
    </Columns>
  );
}
