import { useInfiniteQuery } from '@tanstack/react-query';
import type { Vpn } from '../../contract/vpns.ts';
import { pipelineRunsQuery } from '../api/pipelines.ts';
import { useTeam } from '../session/viewer.ts';
import { counted } from '../ui/counted.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { runColumns } from './runColumns.tsx';

/** What pipelines did with a VPN, newest first. */
export function RunsPanel({ vpn }: { vpn: Vpn }) {
  const { id: team } = useTeam();
  const query = useInfiniteQuery(pipelineRunsQuery(team, { vpn: vpn.id }));
  const { data, error } = query;
  return (
    <Panel aria-label="Last runs">
      <PanelBar>
        <PanelTitle>Last runs</PanelTitle>
        <Small data-end="" role="status">
          {data && data.total > 0 && counted(data.total, 'run')}
        </Small>
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState
          title="The last runs can’t be loaded"
          error={error}
          onRetry={query.refetch}
          retrying={query.isFetching}
        />
      ) : data?.total === 0 ? (
        <EmptyState small title={`No pipeline has used ${vpn.name} yet`}>
          Its runs show up here by themselves, each with its repository, its change and how it ended.
        </EmptyState>
      ) : (
        <DataTable
          label="Last runs"
          columns={runColumns}
          rows={data?.items}
          rowKey={(run) => run.id}
          more={query}
        />
      )}
    </Panel>
  );
}
