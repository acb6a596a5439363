import { queryOptions } from '@tanstack/react-query';
import type { Page } from '../../contract/lists.ts';
import type { OfferedProvider, OwnSignIn, SignInSettings } from '../../contract/signInProviders.ts';
import type { Member } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';

/** What the sign-in page offers besides passwords. */
export const offeredProvidersQuery = queryOptions({
  queryKey: keys.offeredProviders,
  queryFn: ({ signal }) => api.get<{ items: OfferedProvider[] }>('/sign-in/providers', { signal }),
  staleTime: 60_000,
});

/** By which ways the viewer gets into their account. */
export const ownSignInQuery = queryOptions({
  queryKey: keys.ownSignIn,
  queryFn: ({ signal }) => api.get<OwnSignIn>('/me/sign-in', { signal }),
});

export const signInSettingsQuery = (team: string) =>
  queryOptions({
    queryKey: keys.signInSettings(team),
    queryFn: ({ signal }) => api.get<SignInSettings>(apiPath`/teams/${team}/sign-in-provider`, { signal }),
  });

/** Who can be the way in beside the provider: as many members as one page has. */
export const adminsQuery = (team: string) =>
  queryOptions({
    queryKey: [...keys.members(team), 'admins'],
    queryFn: ({ signal }) =>
      api.get<Page<Member>>(apiPath`/teams/${team}/members`, { query: { limit: 1000 }, signal }),
    select: ({ items }) => items.filter(({ role }) => role === 'admin'),
  });
