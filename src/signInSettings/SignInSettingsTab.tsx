import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { may } from '../../contract/permissions.ts';
import { useTeam } from '../session/viewer.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel } from '../ui/Panel.tsx';
import { PendingPage } from '../ui/PendingPage.tsx';
import { ProviderForm } from './ProviderForm.tsx';
import { signInSettingsQuery } from '../signIn/queries.ts';

/** How the members of the team sign in. */
export function SignInSettingsTab() {
  const team = useTeam();
  const permission = may.manageSignIn(team.actor);
  if (permission.allowed) return <Settings team={team.id} />;
  return (
    <Panel aria-label="Sign-in">
      <EmptyState small title="Admins decide how members sign in">
        {permission.reason} Your own ways in are on your account page.
      </EmptyState>
    </Panel>
  );
}

const route = getRouteApi('/teams/$team/settings/sign-in');

function Settings({ team }: { team: string }) {
  const { form } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/settings/sign-in' });
  const { data, error, refetch, isFetching } = useQuery(signInSettingsQuery(team));
  if (error !== null && data === undefined) {
    return (
      <Panel>
        <ErrorState
          title="How members sign in can’t be loaded"
          error={error}
          onRetry={refetch}
          retrying={isFetching}
        />
      </Panel>
    );
  }
  if (data === undefined) return <PendingPage />;
  if (data.provider !== null || form === 'open') return <ProviderForm team={team} settings={data} />;
  return (
    <Panel aria-label="Sign-in">
      <EmptyState
        title="Members sign in by password"
        actions={
          <Button
            variant="contained"
            color="primary"
            onClick={() => void navigate({ search: { form: 'open' } })}
          >
            Set up a provider
          </Button>
        }
        footnote="Have at hand: the issuer’s address, and a client id and secret that its admin makes for Culvert."
      >
        With your company’s OpenID Connect provider they use the account they have, and whoever leaves the
        company can’t sign in here any more.
      </EmptyState>
    </Panel>
  );
}
