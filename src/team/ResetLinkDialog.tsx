import { useMutation } from '@tanstack/react-query';
import type { Member, ResetLink } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { ShownOnce } from '../ui/ShownOnce.tsx';

type ResetLinkDialogProps = { team: string; member: Member; onClose: () => void };

/** Makes a link with which a member sets a new password, and shows it once. */
export function ResetLinkDialog({ team, member, onClose }: ResetLinkDialogProps) {
  const make = useMutation({
    mutationFn: () => api.post<ResetLink>(apiPath`/teams/${team}/members/${member.id}/reset-link`, {}),
  });
  if (make.data) {
    return (
      <Dialog title={`Password link for ${member.name}`} onClose={onClose} width={520}>
        <ShownOnce text={make.data.url} what="the password link" onClose={onClose}>
          Send it to {member.name} by a way that only they read. It works once and ends{' '}
          <RelativeTime at={make.data.expiresAt} />.
        </ShownOnce>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Make a password link for ${member.name}?`}
      note="Their password stays as it is until they use the link. An earlier link stops working."
      confirm="Make password link"
      cancel="Make none"
      loading={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onCancel={onClose}
    >
      Whoever opens the link sets a new password for {member.email} and is signed in as {member.name}.
    </ConfirmDialog>
  );
}
