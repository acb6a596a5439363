import { queryOptions } from '@tanstack/react-query';
import type { Page } from '../../contract/lists.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import type { JoinToken, Replica, Workspace } from '../../contract/workspaces.ts';
import { api, apiPath } from './client.ts';
import { keys } from './keys.ts';
import { pagedQuery } from './pages.ts';

export const workspacesQuery = (
  team: string,
  filter: { search?: string | undefined; sort?: string | undefined } = {},
) => pagedQuery<Workspace>(keys.workspaces(team), apiPath`/teams/${team}/workspaces`, filter);

export const workspaceQuery = (team: string, workspace: string) =>
  queryOptions({
    queryKey: keys.workspace(team, workspace),
    queryFn: ({ signal }) => api.get<Workspace>(apiPath`/teams/${team}/workspaces/${workspace}`, { signal }),
  });

export const replicasQuery = (team: string, workspace: string) =>
  pagedQuery<Replica>(
    [...keys.workspace(team, workspace), 'replicas'],
    apiPath`/teams/${team}/workspaces/${workspace}/replicas`,
  );

export const workspaceTunnelsQuery = (team: string, workspace: string) =>
  queryOptions({
    queryKey: [...keys.workspace(team, workspace), 'tunnels'],
    queryFn: ({ signal }) =>
      api.get<Page<Tunnel>>(apiPath`/teams/${team}/workspaces/${workspace}/tunnels`, {
        query: { limit: 1000 },
        signal,
      }),
  });

export const joinTokensQuery = (team: string, workspace: string) =>
  pagedQuery<JoinToken>(
    [...keys.workspace(team, workspace), 'join-tokens'],
    apiPath`/teams/${team}/workspaces/${workspace}/join-tokens`,
  );
