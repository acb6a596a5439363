import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { Vpn } from '../../contract/vpns.ts';
import type { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { MoveDialog } from '../rollouts/MoveDialog.tsx';
import { whyNoMove } from '../rollouts/move.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { TimelineDialog } from '../timeline/TimelineDialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { FilterSelect } from '../ui/form/Select.tsx';
import { Panel, PanelBar, PanelNote } from '../ui/Panel.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { AddWorkspaces } from './connected/AddWorkspaces.tsx';
import { connectedColumns } from './connected/columns.tsx';
import { ConnectedMenu } from './connected/ConnectedMenu.tsx';
import { DisconnectDialog } from '../tunnels/DisconnectDialog.tsx';
import { Explained } from '../tunnels/Explained.tsx';
import { JoinHint } from './connected/JoinHint.tsx';
import { MoveHere } from './connected/MoveHere.tsx';
import { connectedRows, type ConnectedRow } from './connected/rows.ts';
import { useRetry } from '../tunnels/useRetry.ts';
import { connectedWorkspacesQuery, TUNNELS_AT_ONCE, tunnelsQuery, vpnQuery } from '../api/vpns.ts';
import { groupByWorkspace } from './tunnelGroups.ts';
import { counted } from '../ui/counted.ts';
import { subnetsInWords } from '../ui/subnetsInWords.ts';

const route = getRouteApi('/teams/$team/vpns/$vpn/workspaces');

const states = [
  { value: '', label: 'State: any' },
  { value: 'failed', label: 'State: failed' },
  { value: 'warning', label: 'State: warning' },
  { value: 'connecting', label: 'State: connecting' },
  { value: 'offline', label: 'State: offline' },
  { value: 'up', label: 'State: up' },
];

/** `copyOf`: the id of the VPN that this one was duplicated from. */
const NoWorkspaces = ({ vpn, copyOf }: { vpn: Vpn; copyOf: string | undefined }) => (
  <EmptyState
    title={`Add the workspaces that need ${vpn.name}`}
    actions={
      <>
        <AddWorkspaces vpn={vpn} />
        {copyOf !== undefined && <MoveHere vpn={vpn} from={copyOf} />}
      </>
    }
  >
    Every replica of a workspace you add holds its own tunnel to {vpn.peerIp}, and reaches{' '}
    {subnetsInWords(vpn.peerSubnets)} through it.
  </EmptyState>
);

/** Every connected workspace, every replica with its tunnel, and why one doesn’t come up. */
export function VpnWorkspacesTab() {
  const { id: team, actor } = useTeam();
  const { vpn: id } = route.useParams();
  const { search, state, dialog, workspace, to, from, tunnel } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/vpns/$vpn/workspaces' });
  const refine = (change: Partial<Record<'search' | 'state' | 'dialog' | 'workspace' | 'tunnel', string>>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true, resetScroll: false });
  const { data: vpn } = useQuery(vpnQuery(team, id));
  const connected = useInfiniteQuery({
    ...connectedWorkspacesQuery(team, id, search),
    placeholderData: keepPreviousData,
  });
  const tunnels = useQuery(tunnelsQuery(team, id));

  const retry = useRetry(team);
  const [disconnecting, setDisconnecting] = useState<ConnectedWorkspace>();
  const rowMenu = (row: ConnectedRow) => (
    <ConnectedMenu
      row={row}
      noMove={vpn && whyNoMove(actor, vpn)}
      onMove={({ id }) => refine({ dialog: 'move', workspace: id })}
      onDisconnect={setDisconnecting}
      onRetry={retry.mutate}
      onTimeline={({ replica }) => refine({ tunnel: replica.id })}
    />
  );
  const below = (row: ConnectedRow) => {
    if (row.kind === 'workspace') {
      return (
        row.group.connected.replicas.total === 0 && <JoinHint workspace={row.group.connected.workspace} />
      );
    }
    return (
      row.explanation?.kind === 'panel' && (
        <Explained
          tunnel={row.tunnel}
          alsoAt={row.explanation.alsoAt}
          retrying={retry.isPending}
          retryDenied={reasonOf(may.useReplicas(actor, row))}
          onRetry={retry.mutate}
        />
      )
    );
  };

  // The frame around the tabs shows that the VPN loads, or why it can’t.
  if (vpn === undefined) return null;
  const error = connected.error ?? tunnels.error;
  const loaded = connected.data !== undefined && tunnels.data !== undefined;
  const rows = loaded
    ? connectedRows(groupByWorkspace(connected.data.items, tunnels.data.items), state)
    : undefined;
  const filtered = search !== undefined || state !== undefined;
  const unlisted = (tunnels.data?.total ?? 0) - (tunnels.data?.items.length ?? 0);
  return (
    <Panel aria-label="Connected workspaces">
      {connected.data?.total === 0 && !filtered ? (
        <NoWorkspaces vpn={vpn} copyOf={from} />
      ) : (
        <>
          <PanelBar>
            <SearchField
              label="Search workspaces"
              width={260}
              value={search ?? ''}
              onSearch={(text) => refine({ search: text })}
            />
            {(vpn.tunnels.up < vpn.tunnels.wanted || state !== undefined) && (
              <FilterSelect
                label="State"
                options={states}
                value={state ?? ''}
                onChange={(event) => refine({ state: event.target.value })}
              />
            )}
            {/* Not before it is known whether the empty state has it instead: an open dropdown would be lost. */}
            <div data-end="">{connected.data !== undefined && <AddWorkspaces vpn={vpn} />}</div>
          </PanelBar>
          {error !== null && !loaded ? (
            <ErrorState
              title="The connected workspaces can’t be loaded"
              error={error}
              onRetry={() => Promise.all([connected.refetch(), tunnels.refetch()])}
              retrying={connected.isFetching || tunnels.isFetching}
            />
          ) : rows?.length === 0 ? (
            <EmptyState
              small
              title={
                search === undefined
                  ? 'No tunnel is in this state'
                  : `No connected workspace matches “${search}”`
              }
            />
          ) : (
            <DataTable
              label="Connected workspaces"
              columns={connectedColumns}
              rows={rows}
              rowKey={(row) => row.key}
              rowMenu={rowMenu}
              below={below}
              more={connected}
            />
          )}
          {unlisted > 0 && (
            <PanelNote>
              The replicas of the first {TUNNELS_AT_ONCE.toLocaleString('en')} tunnels are listed;{' '}
              {counted(unlisted, 'more is', 'more are')} counted at their workspaces.
            </PanelNote>
          )}
        </>
      )}
      {dialog === 'move' && whyNoMove(actor, vpn) === undefined && (
        <MoveDialog
          vpn={vpn}
          to={to}
          workspace={workspace}
          onClose={() => refine({ dialog: '', workspace: '' })}
        />
      )}
      {tunnel !== undefined && (
        <TimelineDialog team={team} vpn={vpn.id} replica={tunnel} onClose={() => refine({ tunnel: '' })} />
      )}
      {disconnecting && (
        <DisconnectDialog
          vpn={vpn}
          workspace={disconnecting.workspace}
          replicas={disconnecting.replicas.total}
          subnets={vpn.peerSubnets}
          onClose={() => setDisconnecting(undefined)}
        />
      )}
    </Panel>
  );
}
