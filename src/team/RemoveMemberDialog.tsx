import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Member } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';

type RemoveMemberDialogProps = {
  team: { id: string; name: string };
  member: Member;
  /** The user id of who asks: removing oneself is leaving. */
  viewer: string;
  onClose: () => void;
};

const workspacesOf = ({ workspaces }: Member) =>
  `${workspaces} ${workspaces === 1 ? 'workspace' : 'workspaces'}`;

/** Asks before a member goes, and says what becomes of what they have. */
export function RemoveMemberDialog({ team, member, viewer, onClose }: RemoveMemberDialogProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leaving = member.id === viewer;
  const remove = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team.id}/members/${member.id}`),
    onSuccess: async () => {
      toast(leaving ? `You have left ${team.name}.` : `${member.name} is no longer in the team.`);
      onClose();
      if (leaving) await navigate({ to: '/', reloadDocument: true });
      else await queryClient.invalidateQueries({ queryKey: keys.members(team.id) });
    },
  });
  const heir = leaving ? 'the admin who has been in the team longest' : 'you';
  const whose = leaving ? 'Your' : 'Their';
  return (
    <ConfirmDialog
      title={leaving ? `Leave ${team.name}?` : `Remove ${member.name} from ${team.name}?`}
      consequences={[
        ...(member.workspaces > 0
          ? [
              `${whose} ${workspacesOf(member)}: tunnels go on, ${heir} will own them, join commands stop working`,
            ]
          : []),
        `${whose} API tokens of this team stop working at once`,
        `${whose} own secrets in this team are deleted; replicas that have them keep them until they start again`,
        `Links that ${leaving ? 'you' : 'they'} made to invite people or reset passwords stop working`,
      ]}
      confirm={leaving ? 'Leave team' : 'Remove member'}
      cancel={leaving ? 'Stay' : 'Keep member'}
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      {leaving
        ? 'You lose access to the team’s workspaces and VPNs at once.'
        : `${member.name} loses access to the team’s workspaces and VPNs at once.`}
    </ConfirmDialog>
  );
}
