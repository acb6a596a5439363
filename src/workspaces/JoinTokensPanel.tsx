import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { JoinToken, Workspace } from '../../contract/workspaces.ts';
import { useTeam } from '../session/viewer.ts';
import { counted } from '../ui/counted.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import type { Column } from '../ui/table/column.ts';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { joinTokensQuery } from '../api/workspaces.ts';
import { RevokeJoinTokenDialog } from './RevokeJoinTokenDialog.tsx';
import { RotateJoinTokenDialog } from './RotateJoinTokenDialog.tsx';

const route = getRouteApi('/teams/$team/workspaces/$workspace/settings');

const columns: Column<JoinToken>[] = [
  { id: 'name', header: 'Name', card: 'title', skeleton: 100, cell: ({ name }) => name },
  {
    id: 'created',
    header: 'Created',
    card: 'start',
    skeleton: 110,
    cell: ({ createdAt, createdBy }) => (
      <Secondary>
        <RelativeTime at={createdAt} />
        {createdBy && ` by ${createdBy.name}`}
      </Secondary>
    ),
  },
  {
    id: 'used',
    header: 'Last used',
    card: 'foot',
    skeleton: 60,
    cell: ({ lastUsedAt }) => (
      <Small>{lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />}</Small>
    ),
  },
  {
    id: 'replicas',
    header: 'Replicas',
    align: 'end',
    card: 'state',
    skeleton: 16,
    cell: ({ replicas }) => counted(replicas, 'replica'),
  },
];

type Asking = { about: 'rotate' | 'revoke'; joinToken: JoinToken };

/** The tokens that replicas of a workspace join with: rotate and revoke them. */
export function JoinTokensPanel({ workspace, denied }: { workspace: Workspace; denied: string | undefined }) {
  const { id: team } = useTeam();
  const query = useInfiniteQuery(joinTokensQuery(team, workspace.id));
  const { data, error } = query;
  const [asking, setAsking] = useState<Asking>();
  const stopAsking = () => setAsking(undefined);
  const rowMenu = (joinToken: JoinToken) => (
    <RowMenu
      label={`Actions for ${joinToken.name}`}
      actions={[
        {
          label: 'Rotate',
          disabledReason: denied,
          onSelect: () => setAsking({ about: 'rotate', joinToken }),
        },
        {
          label: 'Revoke',
          destructive: true,
          disabledReason: denied,
          onSelect: () => setAsking({ about: 'revoke', joinToken }),
        },
      ]}
    />
  );
  return (
    <Panel aria-label="Join tokens">
      <PanelBar>
        <PanelTitle>Join tokens</PanelTitle>
        {denied === undefined && (
          <div data-end="">
            <ButtonLink
              size="small"
              from={route.id}
              to="/teams/$team/workspaces/$workspace/replicas"
              search={{ dialog: 'join' }}
            >
              Create join command
            </ButtonLink>
          </div>
        )}
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState title="The join tokens can’t be loaded" error={error} onRetry={query.refetch} />
      ) : data?.total === 0 ? (
        <EmptyState small title="No machine can join now">
          Each join command holds a token of its own. Create one to add a replica.
        </EmptyState>
      ) : (
        <DataTable
          label="Join tokens"
          columns={columns}
          rows={data?.items}
          rowKey={({ id }) => id}
          rowMenu={rowMenu}
          more={query}
        />
      )}
      {asking?.about === 'rotate' && (
        <RotateJoinTokenDialog workspace={workspace} joinToken={asking.joinToken} onClose={stopAsking} />
      )}
      {asking?.about === 'revoke' && (
        <RevokeJoinTokenDialog workspace={workspace} joinToken={asking.joinToken} onClose={stopAsking} />
      )}
    </Panel>
  );
}
