import { infiniteQueryOptions, type InfiniteData } from '@tanstack/react-query';
import type { Page } from '../../contract/lists.ts';
import { api } from './client.ts';

const pageSize = 200;

const joined = <Item>(data: InfiniteData<Page<Item>, string | undefined>) => ({
  items: data.pages.flatMap((page) => page.items),
  /** How many there are on the server, of which `items` are the first ones. */
  total: data.pages.at(-1)?.total ?? 0,
});

/**
 * A list that is fetched page after page as the reader gets there: for `useInfiniteQuery`, whose `data` is then
 * `{items, total}`. Give it to `DataTable` with `more={query}`.
 */
export const pagedQuery = <Item>(
  queryKey: readonly unknown[],
  path: string,
  query: Record<string, string | undefined> = {},
) =>
  infiniteQueryOptions({
    queryKey: [...queryKey, 'list', query],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Item>>(path, { query: { ...query, cursor: pageParam, limit: pageSize }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Item>) => last.nextCursor ?? undefined,
    select: joined<Item>,
  });
