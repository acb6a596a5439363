import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { Replica } from '../../contract/workspaces.ts';
import { WorkspaceSecretsPanel } from '../secrets/WorkspaceSecretsPanel.tsx';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { counted } from '../ui/counted.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar, Stack } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { CapabilityPanel } from './CapabilityPanel.tsx';
import { JoinPanel } from './JoinPanel.tsx';
import { replicasQuery, workspaceQuery } from '../api/workspaces.ts';
import { RemoveReplicaDialog } from './RemoveReplicaDialog.tsx';
import { replicaColumns } from './replicaColumns.tsx';

const route = getRouteApi('/teams/$team/workspaces/$workspace/replicas');

/** The machines of a workspace, and how to add one. */
export function WorkspaceReplicasTab() {
  const team = useTeam();
  const { workspace: id } = route.useParams();
  const joining = route.useSearch().dialog === 'join';
  const navigate = useNavigate({ from: '/teams/$team/workspaces/$workspace/replicas' });
  const setJoining = (open: boolean) =>
    void navigate({ search: { dialog: open ? 'join' : '' }, replace: true, resetScroll: false });
  const { data: workspace } = useQuery(workspaceQuery(team.id, id));
  const query = useInfiniteQuery(replicasQuery(team.id, id));
  const { data, error } = query;

  const [removing, setRemoving] = useState<Replica>();
  // The frame around the tabs shows that the workspace loads, or why it can’t.
  if (workspace === undefined) return null;
  const denied = reasonOf(may.manageWorkspace(team.actor, { ownerId: workspace.owner.id }));
  const rowMenu = (replica: Replica) => (
    <RowMenu
      label={`Actions for ${replica.name}`}
      actions={[
        {
          label: 'Remove',
          destructive: true,
          disabledReason: denied,
          onSelect: () => setRemoving(replica),
        },
      ]}
    />
  );
  const below = (replica: Replica) => !replica.ipsec.supported && <CapabilityPanel replica={replica} />;

  const none = data?.total === 0;
  return (
    <Stack>
      {(none || joining) && (
        <JoinPanel
          workspace={workspace}
          replicas={data?.items ?? []}
          onCreated={() => setJoining(true)}
          onClose={none ? undefined : () => setJoining(false)}
        />
      )}
      {!none && (
        <Panel aria-label="Replicas">
          <PanelBar>
            <Small role="status">
              {data && `${counted(data.total, 'replica')}, ${workspace.replicas.online} online`}
            </Small>
            <div data-end="">
              <ActionButton disabledReason={denied} onClick={() => setJoining(true)}>
                Add a replica
              </ActionButton>
            </div>
          </PanelBar>
          {error !== null && data === undefined ? (
            <ErrorState
              title="The replicas can’t be loaded"
              error={error}
              onRetry={query.refetch}
              retrying={query.isFetching}
            />
          ) : (
            <DataTable
              label="Replicas"
              columns={replicaColumns}
              rows={data?.items}
              rowKey={(replica) => replica.id}
              rowMenu={rowMenu}
              below={below}
              more={query}
            />
          )}
        </Panel>
      )}
      {!none && may.seeWorkspaceSecrets(team.actor, { ownerId: workspace.owner.id }).allowed && (
        <WorkspaceSecretsPanel team={team.id} workspace={workspace} viewerId={team.actor.userId} />
      )}
      {removing && (
        <RemoveReplicaDialog team={team.id} replica={removing} onClose={() => setRemoving(undefined)} />
      )}
    </Stack>
  );
}
