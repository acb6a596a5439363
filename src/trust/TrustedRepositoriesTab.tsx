import { may } from '../../contract/permissions.ts';
import { useTeam } from '../session/viewer.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Panel } from '../ui/Panel.tsx';
import { TrustPanels } from './TrustPanels.tsx';

/** Whose pipelines may act for the team. */
export function TrustedRepositoriesTab() {
  const team = useTeam();
  const permission = may.manageTrust(team.actor);
  if (permission.allowed) return <TrustPanels team={team.id} />;
  return (
    <Panel aria-label="Trusted repositories">
      <EmptyState small title="Admins decide which repositories are trusted">
        {permission.reason} Ask one of them to trust yours; the CI/CD tab of a VPN shows how your pipelines
        did.
      </EmptyState>
    </Panel>
  );
}
