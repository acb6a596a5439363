import Button from '@mui/material/Button';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SharedPort } from '../../contract/ports.ts';
import { useSession, useTeam } from '../session/viewer.ts';
import { counted } from '../ui/counted.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { FilterSelect } from '../ui/form/Select.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel, PanelBar, Row } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { EndSharesDialog } from './EndSharesDialog.tsx';
import type { Ending } from './endShares.ts';
import { mayEnd } from './mayEnd.ts';
import { OwnNotices } from './OwnNotices.tsx';
import { NoMatch, NoPortsDomain, NothingShared } from './PortsEmpty.tsx';
import { sharedPortsQuery } from './queries.ts';
import { sharedPortColumns } from './sharedPortColumns.tsx';

const route = getRouteApi('/teams/$team/ports');

const visibilities = [
  { value: '', label: 'Visibility: any' },
  { value: 'public', label: 'Visibility: public' },
  { value: 'organization', label: 'Visibility: organization' },
];

const keyOf = ({ workspace, port }: SharedPort) => `${workspace.id} ${port}`;

/** Everything that the team’s members share now, most exposed first. */
export function PortsPage() {
  const team = useTeam();
  const { server } = useSession();
  const { search, sort, visibility } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/ports' });
  const refine = (change: { search?: string; sort?: string; visibility?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const query = useInfiniteQuery({
    ...sharedPortsQuery(team.id, { search, sort, visibility }),
    placeholderData: keepPreviousData,
  });
  const { data, error } = query;

  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [ending, setEnding] = useState<Ending>();
  const chosen = data?.items.filter((port) => selected.has(keyOf(port))) ?? [];
  const close = () => {
    setEnding(undefined);
    setSelected(new Set());
  };
  const rowMenu = (port: SharedPort) => {
    const denied = mayEnd(team.actor, port);
    return (
      <RowMenu
        label={`Actions for port ${port.port} of ${port.workspace.name}`}
        actions={[
          {
            label: 'Make private',
            disabledReason: denied,
            onSelect: () => setEnding({ act: 'private', ports: [port] }),
          },
          {
            label: 'Stop forwarding',
            destructive: true,
            disabledReason: denied,
            onSelect: () => setEnding({ act: 'stop', ports: [port] }),
          },
        ]}
      />
    );
  };

  const filtered = search !== undefined || visibility !== undefined;
  const none = data?.total === 0;
  return (
    <Page title="Ports">
      {server.portsDomain !== null && <OwnNotices team={team} />}
      <Panel aria-label="Shared ports">
        {server.portsDomain === null ? (
          <NoPortsDomain />
        ) : none && !filtered ? (
          <NothingShared team={team.id} />
        ) : (
          <>
            <PanelBar>
              {chosen.length > 0 ? (
                <Row role="group" aria-label="Selected ports">
                  <Small role="status">{counted(chosen.length, 'port')} selected</Small>
                  <Button size="small" onClick={() => setEnding({ act: 'private', ports: chosen })}>
                    Make private
                  </Button>
                  <Button
                    size="small"
                    color="error"
                    onClick={() => setEnding({ act: 'stop', ports: chosen })}
                  >
                    Stop forwarding
                  </Button>
                  <Button variant="text" size="small" onClick={() => setSelected(new Set())}>
                    Clear selection
                  </Button>
                </Row>
              ) : (
                <>
                  <SearchField
                    label="Search port, label, workspace or owner"
                    width={340}
                    value={search ?? ''}
                    onSearch={(text) => refine({ search: text })}
                  />
                  <FilterSelect
                    label="Visibility"
                    options={visibilities}
                    value={visibility ?? ''}
                    onChange={(event) => refine({ visibility: event.target.value })}
                  />
                </>
              )}
              <Small data-end="" role="status">
                {data && counted(data.total, 'shared port')}
              </Small>
            </PanelBar>
            {error !== null && data === undefined ? (
              <ErrorState
                title="The shared ports can’t be loaded"
                error={error}
                onRetry={query.refetch}
                retrying={query.isFetching}
              />
            ) : none ? (
              <NoMatch search={search} onClear={() => refine({ search: '', visibility: '' })} />
            ) : (
              <DataTable
                label="Shared ports"
                columns={sharedPortColumns}
                rows={data?.items}
                rowKey={keyOf}
                rowMenu={rowMenu}
                selection={{
                  keys: selected,
                  onSelect: setSelected,
                  labelOf: (port) =>
                    mayEnd(team.actor, port) === undefined
                      ? `Select port ${port.port} of ${port.workspace.name}`
                      : undefined,
                  allLabel: 'Select all shared ports',
                }}
                linked
                // By exposure there is one way only: downwards.
                sort={(sort ?? 'exposure') === 'exposure' ? '-exposure' : sort}
                onSort={(name) => refine({ sort: name })}
                more={query}
              />
            )}
          </>
        )}
      </Panel>
      {ending && (
        <EndSharesDialog team={team.id} viewer={team.actor.userId} ending={ending} onClose={close} />
      )}
    </Page>
  );
}
