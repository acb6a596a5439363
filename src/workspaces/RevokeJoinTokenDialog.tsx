import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JoinToken, Workspace } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useTeam } from '../session/viewer.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { counted } from '../ui/counted.ts';
import { toast } from '../ui/toast.ts';

type RevokeJoinTokenDialogProps = { workspace: Workspace; joinToken: JoinToken; onClose: () => void };

/** Asks before a join token stops working, and says which replicas go with it. */
export function RevokeJoinTokenDialog({ workspace, joinToken, onClose }: RevokeJoinTokenDialogProps) {
  const { id: team } = useTeam();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/join-tokens/${joinToken.id}`),
    onSuccess: () => {
      toast(`The join token ${joinToken.name} no longer works.`);
      onClose();
      void queryClient.invalidateQueries({ queryKey: keys.workspace(team, workspace.id) });
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke the join token ${joinToken.name}?`}
      note="To replace a token without losing a replica, rotate it instead."
      confirm="Revoke token"
      cancel="Keep token"
      destructive
      loading={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onCancel={onClose}
    >
      {joinToken.replicas === 0
        ? 'No replica holds it. Its join command is refused at once.'
        : `${counted(joinToken.replicas, 'replica holds', 'replicas hold')} it: disconnected at once, with all tunnels taken down. They come back only when they are joined again.`}
    </ConfirmDialog>
  );
}
