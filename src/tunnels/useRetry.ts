import { useMutation } from '@tanstack/react-query';
import type { Tunnel } from '../../contract/tunnels.ts';
import { api, apiPath } from '../api/client.ts';
import { toast } from '../ui/toast.ts';
import { counted } from '../ui/counted.ts';

/** Has replicas try their tunnels now instead of at their next turn. */
export const useRetry = (team: string) =>
  useMutation({
    mutationFn: (tunnels: readonly Tunnel[]) =>
      Promise.all(
        tunnels.map(({ vpn, replica }) =>
          api.post(apiPath`/teams/${team}/vpns/${vpn.id}/tunnels/${replica.id}/retry`, undefined),
        ),
      ),
    onSuccess: (_, tunnels) =>
      toast(
        tunnels.length === 1
          ? `${tunnels[0]?.replica.name ?? 'The replica'} tries again now.`
          : `${counted(tunnels.length, 'replica')} try again now.`,
      ),
    onError: (error) => toast(`The replica can’t be told to try again: ${error.message}`),
  });
