import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Rollout } from '../../contract/rollouts.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { rolloutKey } from './queries.ts';

export type RolloutAct = 'pause' | 'resume' | 'rollback';

/** Pauses, resumes or takes back what is under way for a VPN. */
export function useRolloutAct(team: string, vpn: string, onDone?: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (act: RolloutAct) =>
      api.post<Rollout>(apiPath`/teams/${team}/vpns/${vpn}/rollout/${act}`, undefined),
    onSuccess: (rollout) => {
      queryClient.setQueryData(rolloutKey(team, vpn), rollout);
      onDone?.();
    },
    // Refused or not, what is shown may be older than what the server knows.
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: keys.vpn(team, vpn) });
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
    },
  });
}
