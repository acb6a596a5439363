import type { Query, QueryCache } from '@tanstack/react-query';

/** When what a query holds or waits for was asked for; of several pages, the first. */
const askedAt = new WeakMap<Query, number>();

/** Remembers of each query of a cache when it asks. */
export function noteWhenAsked(cache: QueryCache): void {
  cache.subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'fetch') return;
    if (event.action.meta?.fetchMore === undefined) askedAt.set(event.query, Date.now());
  });
}

/** Whether a query may hold what was true before `time` (in milliseconds, as Date.now gives it) and no longer is. */
export const askedBefore =
  (time: number) =>
  (query: Query): boolean =>
    (askedAt.get(query) ?? 0) <= time;
