import { queryOptions } from '@tanstack/react-query';
import type { Page } from '../../contract/lists.ts';
import type { Session, SignedInBrowser } from '../../contract/session.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => api.get<Session>('/session', { signal }),
  staleTime: 60_000,
});

export const browsersQuery = queryOptions({
  queryKey: keys.browsers,
  queryFn: ({ signal }) => api.get<Pick<Page<SignedInBrowser>, 'items'>>('/sessions', { signal }),
});
