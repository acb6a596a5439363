import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { noteWhenAsked } from './asked.ts';
import { ApiProblem, isSignedOut } from './problem.ts';

/** Answers below 500 don't change by asking again. */
const worthRetrying = (count: number, error: Error) =>
  count < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500);

/**
 * The query client with the dashboard's rules: events say what is stale, so nothing is polled; a request that finds the
 * session gone calls `signedOut`, unless its mutation is marked `meta: {anonymous: true}` (signing in, links).
 */
export function createQueryClient(signedOut: () => void): QueryClient {
  const queryCache = new QueryCache({ onError: (error) => isSignedOut(error) && signedOut() });
  noteWhenAsked(queryCache);
  return new QueryClient({
    queryCache,
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (isSignedOut(error) && mutation.meta?.['anonymous'] !== true) signedOut();
      },
    }),
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 30_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
}
