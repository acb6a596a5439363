import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invitation } from '../../contract/team.ts';
import { invitationsQuery } from '../api/team.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import type { Column } from '../ui/table/column.ts';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Secondary, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { WithdrawInvitationDialog } from './WithdrawInvitationDialog.tsx';

const columns: Column<Invitation>[] = [
  {
    id: 'email',
    header: 'For',
    card: 'title',
    skeleton: 130,
    cell: ({ email }) => email ?? <Secondary>Whoever has the link</Secondary>,
  },
  { id: 'role', header: 'Role', card: 'state', skeleton: 46, cell: ({ role }) => <Tag>{role}</Tag> },
  {
    id: 'by',
    header: 'Made by',
    card: 'start',
    skeleton: 80,
    cell: ({ createdBy }) => <Secondary>{createdBy?.name ?? 'Somebody who left'}</Secondary>,
  },
  {
    id: 'expires',
    header: 'Ends',
    align: 'end',
    card: 'end',
    width: '140px',
    skeleton: 60,
    cell: ({ expiresAt }) => (
      <Small>
        <RelativeTime at={expiresAt} />
      </Small>
    ),
  },
];

/** Invitations that nobody has used yet. Without any, there is no panel. */
export function InvitationsPanel({ team }: { team: string }) {
  const query = useInfiniteQuery(invitationsQuery(team));
  const { data, error } = query;
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  const rowMenu = (invitation: Invitation) => (
    <RowMenu
      label={`Actions for the invitation of ${invitation.email ?? 'whoever has the link'}`}
      actions={[{ label: 'Withdraw', destructive: true, onSelect: () => setWithdrawing(invitation) }]}
    />
  );
  if (error !== null && data === undefined) {
    return (
      <Panel aria-label="Open invitations">
        <ErrorState title="The open invitations can’t be loaded" error={error} onRetry={query.refetch} />
      </Panel>
    );
  }
  if (data === undefined || data.total === 0) return null;
  return (
    <Panel aria-label="Open invitations">
      <PanelBar>
        <PanelTitle>Open invitations</PanelTitle>
      </PanelBar>
      <DataTable
        label="Open invitations"
        columns={columns}
        rows={data.items}
        rowKey={(invitation) => invitation.id}
        rowMenu={rowMenu}
        more={query}
      />
      {withdrawing && (
        <WithdrawInvitationDialog
          team={team}
          invitation={withdrawing}
          onClose={() => setWithdrawing(undefined)}
        />
      )}
    </Panel>
  );
}
