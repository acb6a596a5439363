/** What `useInfiniteQuery` returns, as far as a table needs it to go on where the fetched rows end. */
export type More = {
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchNextPageError: boolean;
  error: Error | null;
  fetchNextPage: () => Promise<unknown>;
};
