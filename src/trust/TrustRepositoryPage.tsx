import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { pipelineProviders } from '../../contract/pipelines/identity.ts';
import { may } from '../../contract/permissions.ts';
import { issuersQuery, pipelineRunsQuery } from '../api/pipelines.ts';
import { useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel } from '../ui/Panel.tsx';
import { PendingPage } from '../ui/PendingPage.tsx';
import { NewRule } from './NewRule.tsx';
import { RuleFrame } from './RuleFrame.tsx';

const route = getRouteApi('/teams/$team/settings/trusted-repositories/new');

/** A new rule: empty, for a VPN, or from the ids of a run that was refused. */
export function TrustRepositoryPage() {
  const team = useTeam();
  const { run: id, vpn, provider } = route.useSearch();
  const permission = may.manageTrust(team.actor);
  const issuers = useInfiniteQuery({ ...issuersQuery(team.id), enabled: permission.allowed });
  const runs = useInfiniteQuery({ ...pipelineRunsQuery(team.id), enabled: id !== undefined });
  const refused = runs.data?.items.find((run) => run.id === id);
  const ready = issuers.data !== undefined && (id === undefined || runs.data !== undefined);
  const failed = [issuers, runs].find(({ error, data }) => error !== null && data === undefined);
  return (
    <RuleFrame title="Trust a repository" crumb="New" denied={permission}>
      {ready ? (
        <NewRule
          key={id}
          issuers={issuers.data.items}
          refused={refused}
          gone={id !== undefined && refused === undefined}
          vpn={vpn}
          provider={pipelineProviders.find((one) => one === provider)}
        />
      ) : failed?.error ? (
        <Panel>
          <ErrorState title="The form can’t be filled in" error={failed.error} onRetry={failed.refetch} />
        </Panel>
      ) : (
        <PendingPage />
      )}
    </RuleFrame>
  );
}
