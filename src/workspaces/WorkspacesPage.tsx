import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { Workspace } from '../../contract/workspaces.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { counted } from '../ui/counted.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel, PanelBar } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { DeleteWorkspaceDialog } from './DeleteWorkspaceDialog.tsx';
import { workspacesQuery } from '../api/workspaces.ts';
import { workspaceColumns } from './workspaceColumns.tsx';
import { NoMatch, NoWorkspaces } from './WorkspacesEmpty.tsx';

// With its form and its rules it is larger than this page.
const CreateWorkspaceDialog = lazy(() => import('./CreateWorkspaceDialog.tsx'));

const route = getRouteApi('/teams/$team/workspaces');

/** The team’s workspaces. */
export function WorkspacesPage() {
  const team = useTeam();
  const { search, sort, dialog } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/workspaces' });
  const refine = (change: { search?: string; sort?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const query = useInfiniteQuery({
    ...workspacesQuery(team.id, { search, sort }),
    placeholderData: keepPreviousData,
  });
  const { data, error } = query;

  const showCreate = (open: boolean) =>
    void navigate({ search: (now) => ({ ...now, dialog: open ? 'create' : '' }), replace: !open });
  const [deleting, setDeleting] = useState<Workspace>();
  const rowMenu = (workspace: Workspace) => {
    const params = { workspace: workspace.id };
    const denied = reasonOf(may.manageWorkspace(team.actor, { ownerId: workspace.owner.id }));
    return (
      <RowMenu
        label={`Actions for ${workspace.name}`}
        actions={[
          {
            label: 'Add a replica',
            disabledReason: denied,
            onSelect: () =>
              void navigate({
                to: '/teams/$team/workspaces/$workspace/replicas',
                params,
                search: { dialog: 'join' },
              }),
          },
          {
            label: 'Settings',
            onSelect: () => void navigate({ to: '/teams/$team/workspaces/$workspace/settings', params }),
          },
          {
            label: 'Delete',
            destructive: true,
            disabledReason: denied,
            onSelect: () => setDeleting(workspace),
          },
        ]}
      />
    );
  };

  const none = data?.total === 0;
  const create = (
    <Button variant="contained" color="primary" onClick={() => showCreate(true)}>
      + Create workspace
    </Button>
  );
  return (
    <Page title="Workspaces" actions={none && search === undefined ? undefined : create}>
      <Panel aria-label="Workspaces">
        {none && search === undefined ? (
          <NoWorkspaces action={create} />
        ) : (
          <>
            <PanelBar>
              <SearchField
                label="Search name or owner"
                value={search ?? ''}
                onSearch={(text) => refine({ search: text })}
              />
              <Small data-end="" role="status">
                {data && counted(data.total, 'workspace')}
              </Small>
            </PanelBar>
            {error !== null && data === undefined ? (
              <ErrorState
                title="The workspaces can’t be loaded"
                error={error}
                onRetry={query.refetch}
                retrying={query.isFetching}
              />
            ) : none ? (
              <NoMatch search={search ?? ''} onClear={() => refine({ search: '' })} />
            ) : (
              <DataTable
                label="Workspaces"
                columns={workspaceColumns}
                rows={data?.items}
                rowKey={(workspace) => workspace.id}
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
      {dialog === 'create' && (
        <Suspense>
          <CreateWorkspaceDialog team={team.id} onClose={() => showCreate(false)} />
        </Suspense>
      )}
      {deleting && (
        <DeleteWorkspaceDialog team={team.id} workspace={deleting} onClose={() => setDeleting(undefined)} />
      )}
    </Page>
  );
}
