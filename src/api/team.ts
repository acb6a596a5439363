import { queryOptions } from '@tanstack/react-query';
import type { Activity, ApiToken, Invitation, Member, Team } from '../../contract/team.ts';
import { api, apiPath } from './client.ts';
import { keys } from './keys.ts';
import { pagedQuery } from './pages.ts';

export const teamQuery = (team: string) =>
  queryOptions({
    queryKey: keys.team(team),
    queryFn: ({ signal }) => api.get<Team>(apiPath`/teams/${team}`, { signal }),
  });

export const membersQuery = (team: string, search?: string) =>
  pagedQuery<Member>(keys.members(team), apiPath`/teams/${team}/members`, { search });

export const invitationsQuery = (team: string) =>
  pagedQuery<Invitation>(keys.invitations(team), apiPath`/teams/${team}/invitations`);

export const apiTokensQuery = (team: string) =>
  pagedQuery<ApiToken>(keys.apiTokens(team), apiPath`/teams/${team}/api-tokens`);

/** What happened in the team, newest first; `subject` (an id) narrows it to one VPN, workspace or member. */
export const activityQuery = (team: string, filter: { subject?: string; search?: string } = {}) =>
  pagedQuery<Activity>(keys.activity(team), apiPath`/teams/${team}/activity`, filter);
