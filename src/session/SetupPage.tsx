import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { type Session, Setup } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { PendingPage } from '../ui/PendingPage.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { FormActions } from '../ui/form/FormActions.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { BadLink } from './BadLink.tsx';
import { useEnter } from './enter.ts';
import { EntryPage } from './EntryPage.tsx';
import { useLinkToken } from './linkToken.ts';
import { NewPasswordField } from './NewPasswordField.tsx';

const title = 'Set up Culvert';

export function SetupPage() {
  const token = useLinkToken();
  const enter = useEnter();
  const check = useQuery({
    queryKey: ['setup', token],
    queryFn: () => api.post<null>('/setup/check', { token }),
    staleTime: Infinity,
  });
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(Setup),
    defaultValues: { token, teamName: '', name: '', email: '', password: '' },
  });
  const { errors } = formState;
  const setUp = useMutation({
    mutationFn: (body: Setup) => api.post<Session>('/setup', body),
    meta: { anonymous: true },
    onSuccess: (session) => enter(session),
    onError: (error) => showProblem(error, setError, sameName('teamName', 'name', 'email', 'password')),
  });

  if (check.isPending) return <PendingPage />;
  if (check.isError) return <BadLink title={title} error={check.error} onRetry={check.refetch} />;
  return (
    <EntryPage
      title={title}
      intro="You make the first admin account and its team. You can invite others afterwards. This link works once."
    >
      <form noValidate onSubmit={handleSubmit((body) => setUp.mutate(body))}>
        <Fields>
          <TextField
            label="Team"
            help="Your company or department. Workspaces and VPNs belong to it."
            autoComplete="organization"
            error={errors.teamName?.message}
            {...register('teamName')}
          />
          <TextField
            label="Your name"
            autoComplete="name"
            error={errors.name?.message}
            {...register('name')}
          />
          <TextField
            label="Email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            error={errors.email?.message}
            {...register('email')}
          />
          <NewPasswordField error={errors.password?.message} {...register('password')} />
          <FormActions
            submit="Set up Culvert"
            loading={setUp.isPending}
            error={errors.root?.['server']?.message}
          />
        </Fields>
      </form>
    </EntryPage>
  );
}
