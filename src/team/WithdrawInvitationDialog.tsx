import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Invitation } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';

type WithdrawInvitationDialogProps = { team: string; invitation: Invitation; onClose: () => void };

/** Asks before an invitation link stops working. */
export function WithdrawInvitationDialog({ team, invitation, onClose }: WithdrawInvitationDialogProps) {
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/invitations/${invitation.id}`),
    onSuccess: async () => {
      toast('The invitation is withdrawn; its link no longer works.');
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.invitations(team) });
    },
  });
  return (
    <ConfirmDialog
      title={
        invitation.email === null
          ? 'Withdraw this invitation?'
          : `Withdraw the invitation of ${invitation.email}?`
      }
      confirm="Withdraw invitation"
      cancel="Keep invitation"
      destructive
      loading={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onCancel={onClose}
    >
      Its link stops working at once. You can make a new one at any time.
    </ConfirmDialog>
  );
}
