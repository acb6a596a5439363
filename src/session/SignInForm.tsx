import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { type Session, SignIn } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { FormActions } from '../ui/form/FormActions.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { SecretField } from '../ui/form/SecretField.tsx';
import { TextField } from '../ui/form/TextField.tsx';

type SignInFormProps = { onSignedIn: (session: Session) => void; children?: ReactNode };

/** Email and password. `children` stand beside the button. */
export function SignInForm({ onSignedIn, children }: SignInFormProps) {
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(SignIn),
    defaultValues: { email: '', password: '' },
  });
  const { errors } = formState;
  const signIn = useMutation({
    mutationFn: (body: SignIn) => api.post<Session>('/session', body),
    meta: { anonymous: true },
    onSuccess: onSignedIn,
    onError: (error) => showProblem(error, setError, sameName('email', 'password')),
  });
  return (
    <form noValidate onSubmit={handleSubmit((body) => signIn.mutate(body))}>
      <Fields>
        <TextField
          label="Email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          error={errors.email?.message}
          {...register('email')}
        />
        <SecretField
          label="Password"
          autoComplete="current-password"
          error={errors.password?.message}
          {...register('password')}
        />
        <FormActions submit="Sign in" loading={signIn.isPending} error={errors.root?.['server']?.message}>
          {children}
        </FormActions>
      </Fields>
    </form>
  );
}
