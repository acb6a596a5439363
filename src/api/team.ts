import { queryOptions } from '@tanstack/react-query';
import type { Activity, ApiToken, Invitation, Member, OwnApiToken, Team } from '../../contract/team.ts';
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

/** The viewer’s, and for admins everybody’s; `member` (a user id) narrows it to one person’s. */
export const apiTokensQuery = (team: string, filter: { member?: string } = {}) =>
  pagedQuery<ApiToken>(keys.apiTokens(team), apiPath`/teams/${team}/api-tokens`, filter);

/** What acts as the viewer, in all their teams. */
export const ownApiTokensQuery = pagedQuery<OwnApiToken>(keys.ownApiTokens, '/api-tokens');

/** What happened in the team, newest first; `subject` (an id) narrows it to one VPN, workspace or member. */
export const activityQuery = (team: string, filter: { subject?: string; search?: string } = {}) =>
  pagedQuery<Activity>(keys.activity(team), apiPath`/teams/${team}/activity`, filter);
