import type { Query, QueryClient, QueryFilters } from '@tanstack/react-query';

/** Queries that will ask again once they have their first answer. */
const askAgain = new WeakSet<Query>();

/**
 * Refetches what a change made stale. A first request under way may have been answered before the change, and
 * `invalidateQueries` lets it go on as long as there is no older data: it is followed by a second one.
 */
export function refetch(queryClient: QueryClient, filters: QueryFilters): void {
  for (const query of queryClient.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
    if (query.state.data !== undefined || askAgain.has(query)) continue;
    askAgain.add(query);
    query.fetch().then(
      () => {
        askAgain.delete(query);
        void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
      },
      () => askAgain.delete(query),
    );
  }
  void queryClient.invalidateQueries(filters);
}
