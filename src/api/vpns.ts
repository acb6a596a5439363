import { queryOptions } from '@tanstack/react-query';
import type { Page } from '../../contract/lists.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import type { Verification } from '../../contract/verifications.ts';
import type { Vpn } from '../../contract/vpns.ts';
import type { ConnectedWorkspace, ConnectionCandidate } from '../../contract/workspaces.ts';
import { api, apiPath } from './client.ts';
import { keys } from './keys.ts';
import { pagedQuery } from './pages.ts';

/** What a list is narrowed to and sorted by, as the address says it. */
type Filter = { search?: string | undefined; state?: string | undefined; sort?: string | undefined };

export const vpnsQuery = (team: string, filter: Filter = {}) =>
  pagedQuery<Vpn>(keys.vpns(team), apiPath`/teams/${team}/vpns`, filter);

export const vpnQuery = (team: string, vpn: string) =>
  queryOptions({
    queryKey: keys.vpn(team, vpn),
    queryFn: ({ signal }) => api.get<Vpn>(apiPath`/teams/${team}/vpns/${vpn}`, { signal }),
  });

export const connectedWorkspacesQuery = (team: string, vpn: string, search?: string) =>
  pagedQuery<ConnectedWorkspace>(
    [...keys.vpn(team, vpn), 'workspaces'],
    apiPath`/teams/${team}/vpns/${vpn}/workspaces`,
    { search },
  );

/**
 * Workspaces of the team that could be added, and why some can’t. Kept with the workspaces: what can be connected
 * changes with every workspace and with their other VPNs.
 */
export const candidatesQuery = (team: string, vpn: string, search: string) =>
  pagedQuery<ConnectionCandidate>(
    [...keys.workspaces(team), 'candidates', vpn],
    apiPath`/teams/${team}/vpns/${vpn}/candidates`,
    { search },
  );

/** The most tunnels that are fetched in one go: what the drawing and the grouped table need together. */
export const TUNNELS_AT_ONCE = 1000;

export const tunnelsQuery = (team: string, vpn: string) =>
  queryOptions({
    queryKey: [...keys.vpn(team, vpn), 'tunnels'],
    queryFn: ({ signal }) =>
      api.get<Page<Tunnel>>(apiPath`/teams/${team}/vpns/${vpn}/tunnels`, {
        query: { limit: TUNNELS_AT_ONCE },
        signal,
      }),
  });

export const verificationsQuery = (team: string, vpn: string) =>
  pagedQuery<Verification>(
    [...keys.vpn(team, vpn), 'verifications'],
    apiPath`/teams/${team}/vpns/${vpn}/verifications`,
  );

export const verificationQuery = (team: string, verification: string) =>
  queryOptions({
    queryKey: keys.verification(team, verification),
    queryFn: ({ signal }) =>
      api.get<Verification>(apiPath`/teams/${team}/verifications/${verification}`, { signal }),
  });
