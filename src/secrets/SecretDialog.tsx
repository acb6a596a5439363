import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import type { Secret } from '../../contract/secretsApi.ts';
import { api, apiPath } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { Segmented } from '../ui/form/Segmented.tsx';
import { SecretTextField } from '../ui/form/SecretTextField.tsx';
import { Switch } from '../ui/form/Switch.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { toast } from '../ui/toast.ts';
import { changeOf, checkValues, createOf, valuesOf, type SecretValues } from './secretValues.ts';
import { WorkspaceChoice } from './WorkspaceChoice.tsx';

type SecretDialogProps = {
  team: string;
  level: Secret['level'];
  viewerId: string;
  /** The one that is changed; undefined: a new one. */
  secret: Secret | undefined;
  onClose: () => void;
};

/** Adds a secret, or replaces its value and says where it goes. */
export default function SecretDialog({ team, level, viewerId, secret, onClose }: SecretDialogProps) {
  const queryClient = useQueryClient();
  const isNew = secret === undefined;
  const form = useForm<SecretValues>({ defaultValues: valuesOf(secret) });
  const { register, control, handleSubmit, setError, setValue, watch, formState } = form;
  const { errors } = formState;
  const path = apiPath`/teams/${team}/secrets`;
  const save = useMutation({
    mutationFn: (values: SecretValues) =>
      isNew
        ? api.post<Secret>(path, createOf(level, values))
        : api.patch<Secret>(`${path}/${secret.id}`, changeOf(level, values), { ifMatch: secret.revision }),
    onSuccess: async ({ name }) => {
      toast(`The secret ${name} is saved. Replicas get it at their next start.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.secrets(team) });
    },
    onError: (error) => showProblem(error, setError, sameName('name', 'value', 'workspaces', 'previews')),
  });
  const submit = (values: SecretValues) => {
    const { name, value, workspaces } = checkValues(values, isNew);
    if (name) setError('name', { type: name.code, message: name.message }, { shouldFocus: true });
    if (value) {
      setError('value', { type: value.code, message: value.message }, { shouldFocus: name === undefined });
    }
    if (workspaces) setError('workspaces', { type: workspaces.code, message: workspaces.message });
    if (!name && !value && !workspaces) save.mutate(values);
  };
  const values = watch();
  const choose = (field: 'scope' | 'workspaces' | 'previews', chosen: SecretValues[typeof field]) => {
    setValue(field, chosen);
    form.clearErrors('workspaces');
  };
  const suggestion = errors.name && checkValues(values, isNew).name?.suggestion;
  const problem = errors.root?.['server']?.message;
  const title = isNew
    ? level === 'team'
      ? 'Add a secret of the team'
      : 'Add a secret of your own'
    : `Edit ${secret.name}`;
  return (
    <Dialog title={title} onClose={onClose} busy={save.isPending} width={560}>
      <form noValidate onSubmit={handleSubmit(submit)}>
        <Fields>
          {isNew && (
            <TextField
              label="Name"
              mono
              placeholder="DATABASE_URL"
              help="The variable’s name: letters, digits and underscores, kept in capitals."
              error={errors.name?.message}
              fix={
                suggestion === undefined
                  ? undefined
                  : {
                      label: `Use ${suggestion}`,
                      apply: () => {
                        setValue('name', suggestion);
                        form.clearErrors('name');
                      },
                    }
              }
              {...register('name')}
            />
          )}
          <SecretTextField
            label={isNew ? 'Value' : 'New value'}
            help={
              isNew
                ? 'Any text up to 48 KB, lines and all. It can’t be read again.'
                : 'Leave it empty to keep the value that it has.'
            }
            error={errors.value?.message}
            {...register('value')}
          />
          <Controller
            control={control}
            name="delivery"
            render={({ field }) => (
              <Segmented
                label="Delivered as"
                name="delivery"
                options={[
                  { value: 'environment', label: 'Variable' },
                  { value: 'file', label: 'File' },
                ]}
                value={field.value}
                onChange={field.onChange}
                help={
                  field.value === 'file'
                    ? 'The variable holds the path of a file with the value: other programs of the user can’t see it in their lists of processes.'
                    : 'For login shells and “culvert run”. Programs of the same user can read each other’s variables.'
                }
              />
            )}
          />
          <WorkspaceChoice
            team={team}
            level={level}
            viewerId={viewerId}
            scope={values.scope}
            onScope={(scope) => choose('scope', scope)}
            chosen={values.workspaces}
            onChange={(chosen) => choose('workspaces', chosen)}
            error={errors.workspaces?.message}
          />
          {level === 'team' && (
            <Switch
              label="Also for previews of pipelines"
              checked={values.previews}
              onChange={(on) => choose('previews', on)}
            >
              {values.previews
                ? 'Whoever can have a pipeline run, by a pull request for example, can read it there.'
                : 'Workspaces that pipelines make don’t get it.'}
            </Switch>
          )}
          {problem !== undefined && <Notice state="failed">{problem}</Notice>}
          <DialogActions>
            <Button onClick={onClose} disabled={save.isPending}>
              {isNew ? 'Add none' : 'Keep it as it is'}
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={save.isPending}>
              {isNew ? 'Add secret' : 'Save secret'}
            </Button>
          </DialogActions>
        </Fields>
      </form>
    </Dialog>
  );
}
