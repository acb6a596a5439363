import { zodResolver } from '@hookform/resolvers/zod';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { providerNames } from '../../contract/pipelines/identity.ts';
import { type Issuer, IssuerCreate } from '../../contract/pipelines/pipelines.ts';
import { api, apiPath } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { Segmented } from '../ui/form/Segmented.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { toast } from '../ui/toast.ts';
import { issuerName, presets, urlHelp, urlPlaceholder } from './issuers.ts';
import { providerOptions } from './providerOptions.ts';

type AddIssuerDialogProps = { team: string; onClose: () => void };

/** Adds an issuer. It trusts nobody yet: rules name repositories of it. */
export default function AddIssuerDialog({ team, onClose }: AddIssuerDialogProps) {
  const queryClient = useQueryClient();
  const { register, control, handleSubmit, setError, setValue, watch, formState } = useForm<IssuerCreate>({
    resolver: zodResolver(IssuerCreate),
    defaultValues: { provider: 'github', url: presets.github?.url ?? '' },
  });
  const { errors } = formState;
  const add = useMutation({
    mutationFn: (body: IssuerCreate) => api.post<Issuer>(apiPath`/teams/${team}/issuers`, body),
    onSuccess: async (issuer) => {
      toast(
        `${providerNames[issuer.provider]}, ${issuerName(issuer)}: added. Next, trust a repository of it.`,
      );
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.trust(team) });
    },
    onError: (error) => showProblem(error, setError, sameName('provider', 'url')),
  });
  const provider = watch('provider');
  const problem = errors.root?.['server']?.message;
  return (
    <Dialog title="Add an issuer" onClose={onClose} busy={add.isPending} width={560}>
      <form noValidate onSubmit={handleSubmit((body) => add.mutate(body))}>
        <Fields>
          <Controller
            control={control}
            name="provider"
            render={({ field }) => (
              <Segmented
                label="Service"
                name="provider"
                options={providerOptions}
                value={field.value}
                onChange={(chosen) => {
                  field.onChange(chosen);
                  setValue('url', presets[chosen]?.url ?? '', { shouldValidate: false });
                }}
              />
            )}
          />
          <TextField
            label="Address of the issuer"
            mono
            placeholder={urlPlaceholder[provider]}
            help={urlHelp[provider]}
            error={errors.url?.message}
            {...register('url')}
          />
          {problem !== undefined && <Notice state="failed">{problem}</Notice>}
          <DialogActions>
            <Button onClick={onClose} disabled={add.isPending}>
              Add none
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={add.isPending}>
              Add issuer
            </Button>
          </DialogActions>
        </Fields>
      </form>
    </Dialog>
  );
}
