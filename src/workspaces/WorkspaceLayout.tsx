import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate, Outlet } from '@tanstack/react-router';
import { useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { QuietLink } from '../ui/links.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Tab, Tabs } from '../ui/Tabs.tsx';
import { workspaceQuery } from './queries.ts';
import { ReplicasMark } from './ReplicasMark.tsx';

const route = getRouteApi('/teams/$team/workspaces/$workspace');

/** The frame of one workspace: its state and its tabs. */
export function WorkspaceLayout() {
  const { id: team } = useTeam();
  const { workspace: id } = route.useParams();
  const query = useQuery(workspaceQuery(team, id));
  const workspace = query.data;
  const params = { team, workspace: id };
  const list = (
    <QuietLink key="workspaces" to="/teams/$team/workspaces" params={{ team }}>
      Workspaces
    </QuietLink>
  );
  if (workspace === undefined && query.error !== null) {
    return (
      <Page title="Workspace" breadcrumbs={[list]}>
        <Panel>
          <ErrorState
            title="The workspace can’t be loaded"
            error={query.error}
            onRetry={query.refetch}
            retrying={query.isFetching}
          />
        </Panel>
      </Page>
    );
  }
  // The address may hold the name; events name ids.
  if (workspace !== undefined && workspace.id !== id) {
    return <Navigate to="." params={{ workspace: workspace.id }} search replace />;
  }
  return (
    <Page
      title={workspace?.name ?? 'Workspace'}
      breadcrumbs={[list]}
      state={workspace && <ReplicasMark replicas={workspace.replicas} />}
    >
      <Tabs label={workspace?.name ?? 'Workspace'}>
        <Tab to="/teams/$team/workspaces/$workspace/vpns" params={params}>
          VPNs
        </Tab>
        <Tab to="/teams/$team/workspaces/$workspace/replicas" params={params}>
          Replicas
        </Tab>
        <Tab to="/teams/$team/workspaces/$workspace/settings" params={params}>
          Settings
        </Tab>
      </Tabs>
      <Outlet />
    </Page>
  );
}
