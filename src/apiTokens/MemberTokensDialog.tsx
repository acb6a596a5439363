import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiToken } from '../../contract/team.ts';
import { apiTokensQuery } from '../api/team.ts';
import { color, radius } from '../theme/tokens.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import type { Column } from '../ui/table/column.ts';
import { DataTable } from '../ui/table/DataTable.tsx';
import { apiTokenColumns, revokeColumn } from './apiTokenColumns.tsx';
import { RevokeTokenDialog } from './RevokeTokenDialog.tsx';

const Frame = styled('div')({ border: `1px solid ${color.line}`, borderRadius: radius.panel, minWidth: 0 });

type MemberTokensDialogProps = {
  team: string;
  /** The name isn’t known yet while the members load. */
  member: { id: string; name: string | undefined };
  onClose: () => void;
};

/** What acts as one member in the team: made how, last used when, and the way to end it. */
export default function MemberTokensDialog({ team, member, onClose }: MemberTokensDialogProps) {
  const query = useInfiniteQuery(apiTokensQuery(team, { member: member.id }));
  const { data, error } = query;
  const [revoking, setRevoking] = useState<ApiToken>();
  if (revoking) {
    return <RevokeTokenDialog team={team} token={revoking} onClose={() => setRevoking(undefined)} />;
  }
  const { name, made, used, expires } = apiTokenColumns;
  const columns: Column<ApiToken>[] = [
    name,
    { ...made, card: 'start' },
    { ...used, card: 'end' },
    { ...expires, card: 'foot' },
    revokeColumn(setRevoking),
  ];
  const title = `API tokens of ${member.name ?? 'this member'}`;
  return (
    <Dialog title={title} onClose={onClose} width={720}>
      <Frame>
        {error !== null && data === undefined ? (
          <ErrorState
            title="The API tokens can’t be loaded"
            error={error}
            onRetry={query.refetch}
            retrying={query.isFetching}
          />
        ) : data?.total === 0 ? (
          <EmptyState small title="No API token">
            Nothing acts as {member.name ?? 'them'} in this team.
          </EmptyState>
        ) : (
          <DataTable
            label={title}
            columns={columns}
            rows={data?.items}
            rowKey={(token) => token.id}
            more={query}
          />
        )}
      </Frame>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
