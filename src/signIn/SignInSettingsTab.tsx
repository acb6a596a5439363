import { EmptyState } from '../ui/EmptyState.tsx';
import { Panel } from '../ui/Panel.tsx';

/** How the members of the team sign in. */
export const SignInSettingsTab = () => (
  <Panel>
    <EmptyState title="Members sign in with their password">
      No provider of the company’s is set up for this team.
    </EmptyState>
  </Panel>
);
