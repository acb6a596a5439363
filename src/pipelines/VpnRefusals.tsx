import { useInfiniteQuery } from '@tanstack/react-query';
import { may } from '../../contract/permissions.ts';
import { pipelineRunsQuery, trustedRepositoriesQuery } from '../api/pipelines.ts';
import { useTeam } from '../session/viewer.ts';
import { RefusedRunsPanel } from '../trust/RefusedRunsPanel.tsx';
import { openRefusals } from '../trust/refusals.ts';

/** Pipelines that the team let in nowhere: which VPN they were after isn’t asked before. For admins, who can change it. */
export function VpnRefusals() {
  const team = useTeam();
  const enabled = may.manageTrust(team.actor).allowed;
  const rules = useInfiniteQuery({ ...trustedRepositoriesQuery(team.id), enabled });
  const runs = useInfiniteQuery({ ...pipelineRunsQuery(team.id), enabled });
  if (rules.data === undefined || runs.data === undefined) return null;
  return <RefusedRunsPanel team={team.id} refused={openRefusals(runs.data.items, rules.data.items)} />;
}
