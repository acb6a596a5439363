import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { may } from '../../contract/permissions.ts';
import { pipelineRunsQuery, trustedRepositoriesQuery } from '../api/pipelines.ts';
import { useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Panel } from '../ui/Panel.tsx';
import { PendingPage } from '../ui/PendingPage.tsx';
import { EditRule } from './EditRule.tsx';
import { RuleFrame } from './RuleFrame.tsx';
import { trustedName } from './ruleWords.ts';

const route = getRouteApi('/teams/$team/settings/trusted-repositories/$rule');

/** Changes what a rule lets in. `?run=` is a run that it refused. */
export function EditRulePage() {
  const team = useTeam();
  const { rule: id } = route.useParams();
  const { run } = route.useSearch();
  const permission = may.manageTrust(team.actor);
  const query = useInfiniteQuery({ ...trustedRepositoriesQuery(team.id), enabled: permission.allowed });
  const runs = useInfiniteQuery({ ...pipelineRunsQuery(team.id), enabled: run !== undefined });
  const rule = query.data?.items.find((one) => one.id === id);
  return (
    <RuleFrame
      title={rule === undefined ? 'Trusted repository' : trustedName(rule)}
      crumb={rule === undefined ? 'Trusted repository' : (rule.repository?.name ?? rule.owner.name)}
      denied={permission}
    >
      {rule !== undefined ? (
        <EditRule key={rule.id} rule={rule} refused={runs.data?.items.find((one) => one.id === run)} />
      ) : query.error !== null ? (
        <Panel>
          <ErrorState title="The rule can’t be loaded" error={query.error} onRetry={query.refetch} />
        </Panel>
      ) : query.data === undefined ? (
        <PendingPage />
      ) : (
        <Panel>
          <EmptyState
            small
            title="This rule isn’t there any more"
            actions={
              <ButtonLink to="/teams/$team/settings/trusted-repositories" params={{ team: team.id }}>
                All trusted repositories
              </ButtonLink>
            }
          >
            Somebody has deleted it, or its issuer.
          </EmptyState>
        </Panel>
      )}
    </RuleFrame>
  );
}
