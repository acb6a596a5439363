import { zodResolver } from '@hookform/resolvers/zod';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { ApiTokenCreate, type ApiTokenCreated } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { SelectField } from '../ui/form/Select.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { ShownOnce } from '../ui/ShownOnce.tsx';

const lifetimes = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
];

type CreateTokenDialogProps = { team: string; onClose: () => void };

/** Makes an API token and shows it once. */
export default function CreateTokenDialog({ team, onClose }: CreateTokenDialogProps) {
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(ApiTokenCreate),
    defaultValues: { name: '', expiresInDays: 90 },
  });
  const { errors } = formState;
  const create = useMutation({
    mutationFn: (body: { name: string; expiresInDays: number }) =>
      api.post<ApiTokenCreated>(apiPath`/teams/${team}/api-tokens`, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.apiTokens(team) }),
    onError: (error) => showProblem(error, setError, sameName('name', 'expiresInDays')),
  });

  if (create.data) {
    const { token, apiToken } = create.data;
    return (
      <Dialog title={`API token ${apiToken.name}`} onClose={onClose} width={520}>
        <ShownOnce text={token} what="the API token" onClose={onClose}>
          Send it with each request as <code>Authorization: Bearer …</code>.
          {apiToken.expiresAt !== null && (
            <>
              {' '}
              It ends <RelativeTime at={apiToken.expiresAt} />.
            </>
          )}
        </ShownOnce>
      </Dialog>
    );
  }
  const problem = errors.root?.['server']?.message;
  return (
    <Dialog title="Create an API token" onClose={onClose} busy={create.isPending}>
      <form noValidate onSubmit={handleSubmit((body) => create.mutate(body))}>
        <Fields>
          <TextField
            label="Name"
            help="What uses it, so that you know it again: “nightly deploys”."
            error={errors.name?.message}
            {...register('name')}
          />
          <SelectField
            label="Ends after"
            options={lifetimes}
            error={errors.expiresInDays?.message}
            {...register('expiresInDays', { valueAsNumber: true })}
          />
          {problem !== undefined && <Notice state="failed">{problem}</Notice>}
          <DialogActions>
            <Button onClick={onClose} disabled={create.isPending}>
              Create none
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={create.isPending}>
              Create API token
            </Button>
          </DialogActions>
        </Fields>
      </form>
    </Dialog>
  );
}
