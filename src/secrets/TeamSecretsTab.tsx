import { EmptyState } from '../ui/EmptyState.tsx';
import { Panel } from '../ui/Panel.tsx';

/** The team’s secrets, which replicas of its workspaces get. */
export const TeamSecretsTab = () => (
  <Panel>
    <EmptyState title="The team has no secrets">
      Replicas of its workspaces get what their workspace’s files hold, and nothing from here.
    </EmptyState>
  </Panel>
);
