import { zodResolver } from '@hookform/resolvers/zod';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { InvitationAccept, type Session } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { FormActions } from '../ui/form/FormActions.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { useEnter } from './enter.ts';
import { NewPasswordField } from './NewPasswordField.tsx';

type JoinWithAccountProps = {
  token: string;
  /** The only email that the invitation is good for. */
  email: string | null;
  onHaveAccount: () => void;
};

/** Accepting an invitation by making an account. */
export function JoinWithAccount({ token, email, onHaveAccount }: JoinWithAccountProps) {
  const enter = useEnter();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(InvitationAccept),
    defaultValues: { token, account: { name: '', email: email ?? '', password: '' } },
  });
  const { errors } = formState;
  const join = useMutation({
    mutationFn: (body: InvitationAccept) => api.post<Session>('/invitations/accept', body),
    meta: { anonymous: true },
    onSuccess: (session) => enter(session),
    onError: (error) =>
      showProblem(error, setError, sameName('account.name', 'account.email', 'account.password')),
  });
  return (
    <form noValidate onSubmit={handleSubmit((body) => join.mutate(body))}>
      <Fields>
        <TextField
          label="Your name"
          autoComplete="name"
          error={errors.account?.name?.message}
          {...register('account.name')}
        />
        <TextField
          label="Email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          readOnly={email !== null}
          help={email === null ? undefined : 'The invitation was made for this email.'}
          error={errors.account?.email?.message}
          {...register('account.email')}
        />
        <NewPasswordField error={errors.account?.password?.message} {...register('account.password')} />
        <FormActions submit="Join the team" loading={join.isPending} error={errors.root?.['server']?.message}>
          <Button variant="text" onClick={onHaveAccount}>
            I have an account
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}
