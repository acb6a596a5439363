import { queryOptions } from '@tanstack/react-query';
import type { Page } from '../../contract/lists.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';

/** How many there are of something, without fetching them. */
const countQuery = (queryKey: readonly unknown[], path: string, query: Record<string, string> = {}) =>
  queryOptions({
    queryKey: [...queryKey, 'count', query],
    queryFn: ({ signal }) =>
      api.get<Page<unknown>>(path, { query: { ...query, limit: 1 }, signal }).then((page) => page.total),
  });

export const workspaceCountQuery = (team: string) =>
  countQuery(keys.workspaces(team), apiPath`/teams/${team}/workspaces`);
export const vpnCountQuery = (team: string) => countQuery(keys.vpns(team), apiPath`/teams/${team}/vpns`);
export const failedVpnCountQuery = (team: string) =>
  countQuery(keys.vpns(team), apiPath`/teams/${team}/vpns`, { state: 'failed' });
/** Ports that are shared. */
export const portCountQuery = (team: string) =>
  countQuery(keys.sharedPorts(team), apiPath`/teams/${team}/ports`);
