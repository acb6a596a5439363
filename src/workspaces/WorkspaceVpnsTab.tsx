import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Ref } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { DisconnectDialog } from '../tunnels/DisconnectDialog.tsx';
import { Explained } from '../tunnels/Explained.tsx';
import { useRetry } from '../tunnels/useRetry.ts';
import { counted } from '../ui/counted.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Panel, PanelBar } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { ConnectVpns } from './ConnectVpns.tsx';
import { workspaceQuery, workspaceTunnelsQuery } from '../api/workspaces.ts';
import { vpnRows, type VpnRow } from './vpnRows.ts';
import { vpnTabColumns } from './vpnTabColumns.tsx';

const route = getRouteApi('/teams/$team/workspaces/$workspace/vpns');

/** The VPNs of a workspace, each with the tunnels of its replicas. */
export function WorkspaceVpnsTab() {
  const team = useTeam();
  const { workspace: id } = route.useParams();
  const navigate = useNavigate({ from: '/teams/$team/workspaces/$workspace/vpns' });
  const { data: workspace } = useQuery(workspaceQuery(team.id, id));
  const tunnels = useQuery(workspaceTunnelsQuery(team.id, id));

  const retry = useRetry(team.id);
  const [disconnecting, setDisconnecting] = useState<Ref>();
  // The frame around the tabs shows that the workspace loads, or why it can’t.
  if (workspace === undefined) return null;
  const owned = { ownerId: workspace.owner.id };
  const rowMenu = (row: VpnRow) =>
    row.kind === 'vpn' && (
      <RowMenu
        label={`Actions for ${row.vpn.name}`}
        actions={[
          {
            label: 'Open VPN',
            onSelect: () =>
              void navigate({ to: '/teams/$team/vpns/$vpn/overview', params: { vpn: row.vpn.id } }),
          },
          {
            label: 'Disconnect',
            destructive: true,
            disabledReason: reasonOf(may.connectWorkspace(team.actor, owned)),
            onSelect: () => setDisconnecting(row.vpn),
          },
        ]}
      />
    );
  const below = (row: VpnRow) =>
    row.kind === 'tunnel' &&
    row.explanation?.kind === 'panel' && (
      <Explained
        tunnel={row.tunnel}
        alsoAt={row.explanation.alsoAt}
        retrying={retry.isPending}
        retryDenied={reasonOf(may.useReplicas(team.actor, owned))}
        onRetry={retry.mutate}
      />
    );

  if (workspace.vpns.length === 0) {
    return (
      <Panel aria-label="VPNs">
        <EmptyState
          title={`Connect ${workspace.name} to a private network`}
          actions={<ConnectVpns workspace={workspace} />}
          footnote={
            workspace.replicas.total === 0 ? (
              <ButtonLink variant="text" size="small" from={route.id} to="../replicas">
                Or join a replica first
              </ButtonLink>
            ) : undefined
          }
        >
          Each of its replicas then holds its own tunnel to the VPN’s gateway.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel aria-label="VPNs">
      <PanelBar>
        <Small>{counted(workspace.vpns.length, 'VPN')}</Small>
        <div data-end="">
          <ConnectVpns workspace={workspace} />
        </div>
      </PanelBar>
      {tunnels.error !== null && tunnels.data === undefined ? (
        <ErrorState
          title="The tunnels can’t be loaded"
          error={tunnels.error}
          onRetry={tunnels.refetch}
          retrying={tunnels.isFetching}
        />
      ) : (
        <DataTable
          label="VPNs"
          columns={vpnTabColumns}
          rows={tunnels.data && vpnRows(workspace.vpns, tunnels.data.items)}
          rowKey={(row) => row.key}
          rowMenu={rowMenu}
          below={below}
        />
      )}
      {disconnecting && (
        <DisconnectDialog
          vpn={disconnecting}
          workspace={workspace}
          replicas={workspace.replicas.total}
          onClose={() => setDisconnecting(undefined)}
        />
      )}
    </Panel>
  );
}
