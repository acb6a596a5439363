import { queryOptions } from '@tanstack/react-query';
import type { PortList } from '../../contract/ports.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';

/** Every port of a workspace that listens or is forwarded, as far as the viewer may see them. */
export const portsQuery = (team: string, workspace: string) =>
  queryOptions({
    queryKey: keys.ports(team, workspace),
    queryFn: ({ signal }) =>
      api.get<PortList>(apiPath`/teams/${team}/workspaces/${workspace}/ports`, { signal }),
  });
