import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { ApiToken } from '../../contract/team.ts';
import { apiTokensQuery } from '../api/team.ts';
import { reasonOf } from '../session/reason.ts';
import type { useTeam } from '../session/viewer.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { apiTokenColumns } from '../apiTokens/apiTokenColumns.tsx';
import { RevokeTokenDialog } from '../apiTokens/RevokeTokenDialog.tsx';

// With its form and its rules it is larger than this page.
const CreateTokenDialog = lazy(() => import('./CreateTokenDialog.tsx'));

const route = getRouteApi('/teams/$team/settings/');
const { name, owner, made, used, expires } = apiTokenColumns;
const columns = [name, owner, { ...made, wideOnly: true }, used, expires];

/** The viewer’s API tokens; an admin sees everybody’s. */
export function ApiTokensPanel({ team }: { team: ReturnType<typeof useTeam> }) {
  const { dialog } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/settings/' });
  const query = useInfiniteQuery(apiTokensQuery(team.id));
  const { data, error } = query;
  const create = (open: boolean) =>
    void navigate({ search: { dialog: open ? 'create-token' : '' }, replace: !open, resetScroll: false });
  const [revoking, setRevoking] = useState<ApiToken>();
  const rowMenu = (token: ApiToken) => (
    <RowMenu
      label={`Actions for ${token.name}`}
      actions={[
        {
          label: 'Revoke',
          destructive: true,
          disabledReason: reasonOf(may.revokeApiToken(team.actor, { ownerId: token.owner.id })),
          onSelect: () => setRevoking(token),
        },
      ]}
    />
  );
  return (
    <Panel aria-label="API tokens">
      <PanelBar>
        <Small>{data && (data.total === 1 ? '1 token' : `${data.total} tokens`)}</Small>
        <Button data-end="" onClick={() => create(true)}>
          Create API token
        </Button>
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState title="The API tokens can’t be loaded" error={error} onRetry={query.refetch} />
      ) : data?.total === 0 ? (
        <EmptyState small title="No API token yet">
          Create one for a script or a pipeline that works with this team.
        </EmptyState>
      ) : (
        <DataTable
          label="API tokens"
          columns={columns}
          rows={data?.items}
          rowKey={(token) => token.id}
          rowMenu={rowMenu}
          more={query}
        />
      )}
      {dialog === 'create-token' && (
        <Suspense>
          <CreateTokenDialog team={team.id} onClose={() => create(false)} />
        </Suspense>
      )}
      {revoking && (
        <RevokeTokenDialog team={team.id} token={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </Panel>
  );
}
