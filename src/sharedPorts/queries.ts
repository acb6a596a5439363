import { queryOptions } from '@tanstack/react-query';
import type { OwnPortNotice, SharedPort } from '../../contract/ports.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { pagedQuery } from '../api/pages.ts';

type Filter = { search?: string | undefined; sort?: string | undefined; visibility?: string | undefined };

/** Every port of the team that more than its owner can reach. */
export const sharedPortsQuery = (team: string, filter: Filter = {}) =>
  pagedQuery<SharedPort>(keys.sharedPorts(team), apiPath`/teams/${team}/ports`, filter);

/** Shares of the viewer’s own workspaces that ended by themselves. */
export const portNoticesQuery = (team: string) =>
  queryOptions({
    queryKey: keys.portNotices(team),
    queryFn: ({ signal }) =>
      api.get<{ items: OwnPortNotice[] }>(apiPath`/teams/${team}/port-notices`, { signal }),
  });
