import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { PasswordReset, type Session } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { FormActions } from '../ui/form/FormActions.tsx';
import { useEnter } from './enter.ts';
import { EntryPage } from './EntryPage.tsx';
import { useLinkToken } from './linkToken.ts';
import { NewPasswordField } from './NewPasswordField.tsx';

export function ResetPasswordPage() {
  const token = useLinkToken();
  const enter = useEnter();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(PasswordReset),
    defaultValues: { token, newPassword: '' },
  });
  const { errors } = formState;
  const reset = useMutation({
    mutationFn: (body: { token: string; newPassword: string }) =>
      api.post<Session>('/password-resets/accept', body),
    meta: { anonymous: true },
    onSuccess: (session) => enter(session),
    onError: (error) => showProblem(error, setError, sameName('newPassword')),
  });

  return (
    <EntryPage
      title="Set a new password"
      intro="You are signed in here afterwards, and signed out everywhere else. This link works once."
    >
      <form noValidate onSubmit={handleSubmit((body) => reset.mutate(body))}>
        <Fields>
          <NewPasswordField
            label="New password"
            error={errors.newPassword?.message}
            {...register('newPassword')}
          />
          <FormActions
            submit="Set password"
            loading={reset.isPending}
            error={errors.root?.['server']?.message}
          />
        </Fields>
      </form>
    </EntryPage>
  );
}
