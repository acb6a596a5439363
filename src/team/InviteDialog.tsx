import { zodResolver } from '@hookform/resolvers/zod';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { emailAddress, Role, type InvitationCreated } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { Segmented } from '../ui/form/Segmented.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { ShownOnce } from '../ui/ShownOnce.tsx';

/** The request, with an empty text for “anybody’s email”. */
const Form = z.object({ role: Role, email: z.literal('').or(emailAddress) });
type Form = z.infer<typeof Form>;

const roles = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
] as const;

const roleHelp: Record<Role, string> = {
  member: 'Sees the team’s VPNs, creates workspaces and connects their own.',
  admin: 'Also creates and changes VPNs, connects every workspace, and manages members.',
};

type InviteDialogProps = { team: { id: string; name: string }; onClose: () => void };

/** Makes an invitation link and shows it once. The server sends no mail: the admin passes it on. */
export default function InviteDialog({ team, onClose }: InviteDialogProps) {
  const queryClient = useQueryClient();
  const { register, control, handleSubmit, setError, formState } = useForm<Form>({
    resolver: zodResolver(Form),
    defaultValues: { role: 'member', email: '' },
  });
  const { errors } = formState;
  const invite = useMutation({
    mutationFn: ({ role, email }: Form) =>
      api.post<InvitationCreated>(apiPath`/teams/${team.id}/invitations`, { role, email: email || null }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.invitations(team.id) }),
    onError: (error) => showProblem(error, setError, sameName('role', 'email')),
  });

  if (invite.data) {
    const { url, invitation } = invite.data;
    return (
      <Dialog title={`Invitation to ${team.name}`} onClose={onClose} width={520}>
        <ShownOnce text={url} what="the invitation link" onClose={onClose}>
          Send this link to {invitation.email ?? 'whom you want to invite'}. It works once and ends{' '}
          <RelativeTime at={invitation.expiresAt} />.
        </ShownOnce>
      </Dialog>
    );
  }
  const problem = errors.root?.['server']?.message;
  return (
    <Dialog title={`Invite to ${team.name}`} onClose={onClose} busy={invite.isPending}>
      <form noValidate onSubmit={handleSubmit((form) => invite.mutate(form))}>
        <Fields>
          <Controller
            control={control}
            name="role"
            render={({ field }) => (
              <Segmented
                label="Role"
                name="role"
                options={roles}
                value={field.value}
                onChange={field.onChange}
                help={roleHelp[field.value]}
              />
            )}
          />
          <TextField
            label="Email (optional)"
            type="email"
            help="With an email, the invitation is good for that one only. Nothing is sent: you pass the link on."
            error={errors.email?.message}
            {...register('email')}
          />
          {problem !== undefined && <Notice state="failed">{problem}</Notice>}
          <DialogActions>
            <Button onClick={onClose} disabled={invite.isPending}>
              Invite nobody
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={invite.isPending}>
              Make invitation link
            </Button>
          </DialogActions>
        </Fields>
      </form>
    </Dialog>
  );
}
