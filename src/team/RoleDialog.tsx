import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Member } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';

type RoleDialogProps = { team: string; member: Member; onClose: () => void };

/** Asks before a role changes, and says what comes with it. */
export function RoleDialog({ team, member, onClose }: RoleDialogProps) {
  const queryClient = useQueryClient();
  const role = member.role === 'admin' ? 'member' : 'admin';
  const change = useMutation({
    mutationFn: () => api.patch<Member>(apiPath`/teams/${team}/members/${member.id}`, { role }),
    onSuccess: async () => {
      toast(`${member.name} is ${role === 'admin' ? 'an admin' : 'a member'} now.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.members(team) });
      await queryClient.invalidateQueries({ queryKey: keys.session });
    },
  });
  return (
    <ConfirmDialog
      title={role === 'admin' ? `Make ${member.name} an admin?` : `Make ${member.name} a member?`}
      note={`${member.name} has to sign in again.`}
      confirm={role === 'admin' ? 'Make an admin' : 'Make a member'}
      cancel={role === 'admin' ? 'Keep as a member' : 'Keep as an admin'}
      loading={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onCancel={onClose}
    >
      {role === 'admin'
        ? 'Admins create, change and delete VPNs, connect every workspace of the team, and invite and remove members.'
        : 'Members see the team’s VPNs and tunnels, and connect only workspaces of their own. Links they made to invite people or reset passwords stop working.'}
    </ConfirmDialog>
  );
}
