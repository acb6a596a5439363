/** What `useInfiniteQuery` returns, as far as a table needs it to go on where the fetched rows end. */
export type More = {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
};
