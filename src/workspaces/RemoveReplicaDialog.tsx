import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Replica } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';

type RemoveReplicaDialogProps = { team: string; replica: Replica; onClose: () => void };

/** Asks before a replica is removed from its workspace. */
export function RemoveReplicaDialog({ team, replica, onClose }: RemoveReplicaDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/replicas/${replica.id}`),
    onSuccess: () => {
      toast(`${replica.name} is removed.`);
      onClose();
      void queryClient.invalidateQueries({ queryKey: keys.workspace(team, replica.workspace.id) });
      void queryClient.invalidateQueries({ queryKey: keys.workspaces(team) });
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${replica.name}?`}
      note={`The machine ${replica.hostname} stays as it is. To bring it back, join it again.`}
      confirm="Remove replica"
      cancel="Keep replica"
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      {replica.online
        ? 'Its tunnels come down at once, and its agent ends.'
        : 'It is offline now: its tunnels come down and its agent ends when it comes back.'}
    </ConfirmDialog>
  );
}
