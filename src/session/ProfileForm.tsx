import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { ProfileChange, type Session } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { sessionQuery } from '../api/session.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { toast } from '../ui/toast.ts';
import { useSession } from './viewer.ts';

/** One’s own name. The email stays: invitations and sign-in are bound to it. */
export function ProfileForm() {
  const { user } = useSession();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, reset, formState } = useForm({
    resolver: zodResolver(ProfileChange),
    defaultValues: { name: user.name },
  });
  const { errors, isDirty } = formState;
  const change = useMutation({
    mutationFn: (body: ProfileChange) => api.patch<Session>('/me', body),
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      reset({ name: session.user?.name ?? '' });
      toast('Your name is saved.');
    },
    onError: (error) => showProblem(error, setError, sameName('name')),
  });
  const problem = errors.root?.['server']?.message;
  return (
    <form noValidate onSubmit={handleSubmit((body) => change.mutate(body))} style={{ maxWidth: 520 }}>
      <Fields>
        <TextField label="Name" autoComplete="name" error={errors.name?.message} {...register('name')} />
        <TextField
          label="Email"
          value={user.email}
          readOnly
          help="You sign in with it. It can’t be changed."
        />
        {problem !== undefined && <Notice state="failed">{problem}</Notice>}
        <div>
          <ActionButton
            type="submit"
            loading={change.isPending}
            disabledReason={isDirty ? undefined : 'The name is as it was.'}
          >
            Save name
          </ActionButton>
        </div>
      </Fields>
    </form>
  );
}
