import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { activityQuery } from '../api/team.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel } from '../ui/Panel.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { activityColumns } from './activityColumns.tsx';

type ActivityPanelProps = {
  team: string;
  /** The id of a VPN, a workspace or a member: only what was done to it. */
  subject?: string | undefined;
  search?: string | undefined;
  /** A `PanelBar` above the table. */
  bar?: ReactNode;
  /** What to say when nothing has happened yet. */
  empty: string;
};

/** Who did what, newest first. Of one subject, the column that would repeat its name is left out. */
export function ActivityPanel({ team, subject, search, bar, empty }: ActivityPanelProps) {
  const filter = {
    ...(subject === undefined ? {} : { subject }),
    ...(search === undefined ? {} : { search }),
  };
  const query = useInfiniteQuery({ ...activityQuery(team, filter), placeholderData: keepPreviousData });
  const { data, error } = query;
  const columns = activityColumns.filter(({ id }) => subject === undefined || id !== 'subject');
  return (
    <Panel aria-label="Activity">
      {bar}
      {error !== null && data === undefined ? (
        <ErrorState
          title="The activity can’t be loaded"
          error={error}
          onRetry={query.refetch}
          retrying={query.isFetching}
        />
      ) : data?.total === 0 ? (
        <EmptyState
          small
          title={search === undefined ? empty : `Nothing in the activity matches “${search}”`}
        />
      ) : (
        <DataTable
          label="Activity"
          columns={columns}
          rows={data?.items}
          rowKey={(entry) => entry.id}
          more={query}
        />
      )}
    </Panel>
  );
}
