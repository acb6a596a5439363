import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { whyNoMove } from '../rollouts/move.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { FilterSelect } from '../ui/form/Select.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel, PanelBar } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { CreateVpnButton } from './CreateVpnButton.tsx';
import { DeleteVpnDialog } from './DeleteVpnDialog.tsx';
import { vpnsQuery } from '../api/vpns.ts';
import { vpnColumns } from './vpnColumns.tsx';
import { NoMatch, NoVpns } from './VpnsEmpty.tsx';
import { totalsLine } from './wording.ts';

const route = getRouteApi('/teams/$team/vpns');

const states = [
  { value: '', label: 'State: any' },
  { value: 'failed', label: 'State: failed' },
  { value: 'warning', label: 'State: warning' },
  { value: 'offline', label: 'State: offline' },
  { value: 'connecting', label: 'State: connecting' },
  { value: 'up', label: 'State: all up' },
  { value: 'none', label: 'State: not connected' },
];

/** The team’s VPNs. */
export function VpnsPage() {
  const team = useTeam();
  const { search, sort, state } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/vpns' });
  const refine = (change: { search?: string; sort?: string; state?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const query = useInfiniteQuery({
    ...vpnsQuery(team.id, { search, sort, state }),
    placeholderData: keepPreviousData,
  });
  const { data, error } = query;

  const [deleting, setDeleting] = useState<Vpn>();
  const denied = reasonOf(may.manageVpns(team.actor));
  const rowMenu = (vpn: Vpn) => (
    <RowMenu
      label={`Actions for ${vpn.name}`}
      actions={[
        {
          label: 'Edit',
          disabledReason: denied,
          onSelect: () => void navigate({ to: '/teams/$team/vpns/$vpn/edit', params: { vpn: vpn.id } }),
        },
        {
          label: 'Duplicate',
          disabledReason: denied,
          onSelect: () => void navigate({ to: '/teams/$team/vpns/new', search: { duplicate: vpn.id } }),
        },
        {
          label: 'Move workspaces',
          disabledReason: whyNoMove(team.actor, vpn),
          onSelect: () =>
            void navigate({
              to: '/teams/$team/vpns/$vpn/workspaces',
              params: { vpn: vpn.id },
              search: { dialog: 'move' },
            }),
        },
        { label: 'Delete', destructive: true, disabledReason: denied, onSelect: () => setDeleting(vpn) },
      ]}
    />
  );

  const filtered = search !== undefined || state !== undefined;
  const none = data?.total === 0;
  return (
    <Page title="VPNs" actions={none && !filtered ? undefined : <CreateVpnButton />}>
      <Panel aria-label="VPNs">
        {none && !filtered ? (
          <NoVpns />
        ) : (
          <>
            <PanelBar>
              <SearchField
                label="Search name, gateway or subnet"
                value={search ?? ''}
                onSearch={(text) => refine({ search: text })}
              />
              <FilterSelect
                label="State"
                options={states}
                value={state ?? ''}
                onChange={(event) => refine({ state: event.target.value })}
              />
              <Small data-end="" role="status">
                {data && totalsLine(data.items, data.total)}
              </Small>
            </PanelBar>
            {error !== null && data === undefined ? (
              <ErrorState
                title="The VPNs can’t be loaded"
                error={error}
                onRetry={query.refetch}
                retrying={query.isFetching}
              />
            ) : none ? (
              <NoMatch search={search} onClear={() => refine({ search: '', state: '' })} />
            ) : (
              <DataTable
                label="VPNs"
                columns={vpnColumns}
                rows={data?.items}
                rowKey={(vpn) => vpn.id}
                rowMenu={rowMenu}
                linked
                sort={sort ?? 'name'}
                onSort={(name) => refine({ sort: name })}
                more={query}
              />
            )}
          </>
        )}
      </Panel>
      {deleting && <DeleteVpnDialog team={team.id} vpn={deleting} onClose={() => setDeleting(undefined)} />}
    </Page>
  );
}
