import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate, Outlet } from '@tanstack/react-router';
import { isMissing } from '../api/problem.ts';
import { useTeam } from '../session/viewer.ts';
import { ButtonLink, QuietLink } from '../ui/links.tsx';
import { Page } from '../ui/Page.tsx';
import { PageError } from '../ui/PageError.tsx';
import { Tab, Tabs } from '../ui/Tabs.tsx';
import { workspaceQuery } from '../api/workspaces.ts';
import { PreviewLine } from './PreviewMarks.tsx';
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
  if (query.error !== null && (workspace === undefined || isMissing(query.error))) {
    return (
      <Page title="Workspace" breadcrumbs={[list]}>
        <PageError
          what="workspace"
          error={query.error}
          missing={isMissing(query.error)}
          onRetry={query.refetch}
          retrying={query.isFetching}
        >
          <ButtonLink to="/teams/$team/workspaces" params={{ team }}>
            All workspaces
          </ButtonLink>
        </PageError>
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
      state={
        workspace && (
          <>
            <ReplicasMark replicas={workspace.replicas} />
            {workspace.preview !== null && <PreviewLine preview={workspace.preview} />}
          </>
        )
      }
    >
      <Tabs label={workspace?.name ?? 'Workspace'}>
        <Tab to="/teams/$team/workspaces/$workspace/ports" params={params}>
          Ports
        </Tab>
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
