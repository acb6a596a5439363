import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JoinToken, JoinTokenCreated, Workspace } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useTeam } from '../session/viewer.ts';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Dialog, DialogActions, DialogNote } from '../ui/Dialog.tsx';

type RotateJoinTokenDialogProps = { workspace: Workspace; joinToken: JoinToken; onClose: () => void };

/** Replaces a join token by a new one, and shows the new command once. */
export function RotateJoinTokenDialog({ workspace, joinToken, onClose }: RotateJoinTokenDialogProps) {
  const { id: team } = useTeam();
  const queryClient = useQueryClient();
  const rotate = useMutation({
    mutationFn: () =>
      api.post<JoinTokenCreated>(apiPath`/teams/${team}/join-tokens/${joinToken.id}/rotate`, undefined),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: keys.workspace(team, workspace.id) }),
  });
  if (rotate.data !== undefined) {
    return (
      <Dialog title={`The new join command of ${workspace.name}`} onClose={onClose} width={560}>
        <CodeBlock text={rotate.data.command} what="the join command" />
        <DialogNote>
          It is shown only now. The replicas that are joined need nothing: they are given the new token.
        </DialogNote>
        <DialogActions>
          <Button variant="contained" color="primary" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Rotate the join token ${joinToken.name}?`}
      note="Replicas that joined with it get the new token by themselves, also those that are away now and come back."
      confirm="Rotate token"
      cancel="Keep token"
      loading={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate()}
      onCancel={onClose}
    >
      The old join command admits nobody from now on. Tunnels stay up.
    </ConfirmDialog>
  );
}
