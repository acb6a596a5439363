import { zodResolver } from '@hookform/resolvers/zod';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { PasswordChange } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { browsersQuery } from '../api/session.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { SecretField } from '../ui/form/SecretField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { toast } from '../ui/toast.ts';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useSession } from './viewer.ts';

const empty = { currentPassword: '', newPassword: '' };

/** A new password, with the current one as the proof. */
export function PasswordForm() {
  const { user } = useSession();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, reset, formState } = useForm({
    resolver: zodResolver(PasswordChange),
    defaultValues: empty,
  });
  const { errors } = formState;
  const change = useMutation({
    mutationFn: (body: PasswordChange) => api.put<null>('/me/password', body),
    onSuccess: async () => {
      reset(empty);
      toast('Your password is changed. You are signed out everywhere else.');
      await queryClient.invalidateQueries({ queryKey: browsersQuery.queryKey });
    },
    onError: (error) => showProblem(error, setError, sameName('currentPassword', 'newPassword')),
  });
  const problem = errors.root?.['server']?.message;
  return (
    <form noValidate onSubmit={handleSubmit((body) => change.mutate(body))} style={{ maxWidth: 520 }}>
      <Fields>
        {/* For password managers, which need to know whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <SecretField
          label="Current password"
          autoComplete="current-password"
          error={errors.currentPassword?.message}
          {...register('currentPassword')}
        />
        <NewPasswordField
          label="New password"
          error={errors.newPassword?.message}
          {...register('newPassword')}
        />
        {problem !== undefined && <Notice state="failed">{problem}</Notice>}
        <div>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </div>
      </Fields>
    </form>
  );
}
