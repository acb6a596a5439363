import { EmptyState } from '../ui/EmptyState.tsx';
import { Panel } from '../ui/Panel.tsx';

/** Whose pipelines may act for the team. */
export const TrustedRepositoriesTab = () => (
  <Panel>
    <EmptyState title="No repository is trusted">
      Pipelines reach this team with an API token only, until an admin trusts their repositories.
    </EmptyState>
  </Panel>
);
