import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiToken } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { toast } from '../ui/toast.ts';

type RevokeTokenDialogProps = { team: string; token: ApiToken; onClose: () => void };

/** Asks before an API token stops working. */
export function RevokeTokenDialog({ team, token, onClose }: RevokeTokenDialogProps) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/api-tokens/${token.id}`),
    onSuccess: async () => {
      toast(`The token ${token.name} no longer works.`);
      onClose();
      const stale = [keys.apiTokens(team), keys.ownApiTokens, keys.members(team)];
      await Promise.all(stale.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke the token ${token.name}?`}
      confirm="Revoke token"
      cancel="Keep token"
      destructive
      loading={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onCancel={onClose}
    >
      {token.madeBy === 'device'
        ? 'The command line there has to sign in again, and what it forwards ends at once.'
        : 'Scripts that use it are refused at once.'}{' '}
      {token.lastUsedAt === null ? (
        'It has never been used.'
      ) : (
        <>
          It was last used <RelativeTime at={token.lastUsedAt} />.
        </>
      )}
    </ConfirmDialog>
  );
}
