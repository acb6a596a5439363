import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { may } from '../../contract/permissions.ts';
import { useTeam } from '../session/viewer.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SecretsPanel } from './SecretsPanel.tsx';

const route = getRouteApi('/teams/$team/settings/secrets');

/** The team’s secrets, which replicas of its workspaces get. */
export function TeamSecretsTab() {
  const team = useTeam();
  const { dialog } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/settings/secrets' });
  const permission = may.manageSecrets(team.actor);
  if (!permission.allowed) {
    return (
      <Panel aria-label="The team’s secrets">
        <EmptyState
          small
          title="Admins manage the team’s secrets"
          actions={<ButtonLink to="/account">Your own secrets</ButtonLink>}
        >
          {permission.reason} Your own, for your own workspaces, are on your account page.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <SecretsPanel
      team={team.id}
      level="team"
      title="The team’s secrets"
      viewerId={team.actor.userId}
      empty={{
        title: 'The team has no secrets',
        text: 'What you add here reaches the replicas of the team’s workspaces when they start: as variables of login shells and of “culvert run”, or as files.',
      }}
      adding={dialog === 'add'}
      onAdd={(open) =>
        void navigate({ search: { dialog: open ? 'add' : '' }, replace: !open, resetScroll: false })
      }
    />
  );
}
