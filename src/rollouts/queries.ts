import { queryOptions } from '@tanstack/react-query';
import type { Rollout } from '../../contract/rollouts.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { isMissing } from '../api/problem.ts';

export const rolloutKey = (team: string, vpn: string) => [...keys.vpn(team, vpn), 'rollout'];

/** The change or move of a VPN that is under way, or the last one, as either side of a move; null: there was none. */
export const rolloutQuery = (team: string, vpn: string) =>
  queryOptions({
    queryKey: rolloutKey(team, vpn),
    queryFn: ({ signal }) =>
      api.get<Rollout>(apiPath`/teams/${team}/vpns/${vpn}/rollout`, { signal }).catch((error: Error) => {
        if (isMissing(error)) return null;
        throw error;
      }),
  });
