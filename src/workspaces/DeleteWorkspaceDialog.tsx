import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Workspace } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { counted } from '../ui/counted.ts';
import { toast } from '../ui/toast.ts';

type DeleteWorkspaceDialogProps = {
  team: string;
  workspace: Workspace;
  onClose: () => void;
  onDeleted?: () => void;
};

/** Asks before a workspace is deleted, and says what its replicas lose. */
export function DeleteWorkspaceDialog({ team, workspace, onClose, onDeleted }: DeleteWorkspaceDialogProps) {
  const queryClient = useQueryClient();
  const { name, replicas, vpns } = workspace;
  const remove = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/workspaces/${workspace.id}`),
    onSuccess: () => {
      toast(`${name} is deleted.`);
      onClose();
      onDeleted?.();
      queryClient.removeQueries({ queryKey: keys.workspace(team, workspace.id) });
      void queryClient.invalidateQueries({ queryKey: keys.workspaces(team) });
      for (const vpn of vpns) void queryClient.invalidateQueries({ queryKey: keys.vpn(team, vpn.id) });
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      consequences={vpns.map((vpn) => (
        <span key={vpn.id}>Loses {vpn.name}</span>
      ))}
      note="Only Culvert’s agent and its tunnels go: the machines and what runs on them stay."
      confirm="Delete workspace"
      cancel="Keep workspace"
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      {replicas.total === 0
        ? 'No replica has joined it. Its join commands stop working.'
        : `The agents of ${counted(replicas.total, 'replica')} take down their tunnels and end; its join commands stop working.`}
    </ConfirmDialog>
  );
}
