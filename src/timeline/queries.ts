import { queryOptions } from '@tanstack/react-query';
import type { TunnelTimeline } from '../../contract/timeline.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';

/** What happened to the tunnel of a replica in the last day. Stale with everything of its VPN. */
export const timelineQuery = (team: string, vpn: string, replica: string) =>
  queryOptions({
    queryKey: [...keys.vpn(team, vpn), 'timeline', replica],
    queryFn: ({ signal }) =>
      api.get<TunnelTimeline>(apiPath`/teams/${team}/vpns/${vpn}/tunnels/${replica}/timeline`, { signal }),
  });
