import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnApiToken } from '../../contract/team.ts';
import { ownApiTokensQuery } from '../api/team.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar } from '../ui/Panel.tsx';
import type { Column } from '../ui/table/column.ts';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Secondary, Small } from '../ui/text.tsx';
import { apiTokenColumns, revokeColumn } from './apiTokenColumns.tsx';
import { RevokeTokenDialog } from './RevokeTokenDialog.tsx';

const teamColumn: Column<OwnApiToken> = {
  id: 'team',
  header: 'Team',
  card: 'start',
  skeleton: 80,
  cell: ({ team }) => <Secondary>{team.name}</Secondary>,
};

/** What acts as the viewer, in all their teams, to end what they don’t know or don’t need. */
export function OwnTokensPanel() {
  const query = useInfiniteQuery(ownApiTokensQuery);
  const { data, error } = query;
  const [revoking, setRevoking] = useState<OwnApiToken>();
  const { name, made, used, expires } = apiTokenColumns;
  const columns: Column<OwnApiToken>[] = [
    name,
    teamColumn,
    { ...made, wideOnly: true },
    { ...used, card: 'end' },
    { ...expires, card: 'foot' },
    revokeColumn<OwnApiToken>(setRevoking),
  ];
  return (
    <Panel aria-label="Your API tokens">
      <PanelBar>
        <Small>{data && (data.total === 1 ? '1 token' : `${data.total} tokens`)}</Small>
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState
          title="Your API tokens can’t be loaded"
          error={error}
          onRetry={query.refetch}
          retrying={query.isFetching}
        />
      ) : data?.total === 0 ? (
        <EmptyState small title="Nothing acts as you">
          Sign in a terminal with culvert login, or create a token in a team’s Settings.
        </EmptyState>
      ) : (
        <DataTable
          label="API tokens that act as you"
          columns={columns}
          rows={data?.items}
          rowKey={(token) => token.id}
          more={query}
        />
      )}
      {revoking && (
        <RevokeTokenDialog team={revoking.team.id} token={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </Panel>
  );
}
