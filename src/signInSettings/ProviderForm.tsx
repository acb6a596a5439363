import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { SignInProvider, SignInSettings, SignInTest } from '../../contract/signInProviders.ts';
import { api, apiPath } from '../api/client.ts';
import { showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { FormActions } from '../ui/form/FormActions.tsx';
import { FormSection } from '../ui/form/FormSection.tsx';
import { UnsavedChanges } from '../ui/form/UnsavedChanges.tsx';
import { toast } from '../ui/toast.ts';
import { AtProviderFields } from './form/AtProviderFields.tsx';
import { fieldOf, resolveProvider } from './form/checkProvider.ts';
import { newProvider, toSave, toValues, type ProviderValues } from './form/values.ts';
import { WaysInFields } from './form/WaysInFields.tsx';
import { GroupFields, JoinFields } from './form/WhoFields.tsx';
import { GroupsMissingNotice } from './GroupsMissingNotice.tsx';
import { RemoveProviderDialog } from './RemoveProviderDialog.tsx';
import { savedMeanwhile, SavedMeanwhile } from './SavedMeanwhile.tsx';
import { TestResult } from './TestResult.tsx';

/** The team’s provider: set up, tested before it is saved, changed and removed. */
export function ProviderForm({ team, settings }: { team: string; settings: SignInSettings }) {
  const queryClient = useQueryClient();
  // What the edit began from: a later revision never resets what is being typed.
  const [from, setFrom] = useState(settings.provider);
  const [removing, setRemoving] = useState(false);
  const form = useForm<ProviderValues>({
    defaultValues: from === null ? newProvider : toValues(from),
    resolver: resolveProvider,
  });
  const path = apiPath`/teams/${team}/sign-in-provider`;
  const begin = (provider: SignInProvider | null) => {
    setFrom(provider);
    form.reset(provider === null ? newProvider : toValues(provider));
  };

  const test = useMutation({
    mutationFn: (values: ProviderValues) => api.post<SignInTest>(`${path}/test`, toSave(values)),
    onError: (error) => showProblem(error, form.setError, fieldOf),
  });
  const save = useMutation({
    mutationFn: ({ values, revision }: { values: ProviderValues; revision: number | undefined }) =>
      api.put<SignInProvider>(path, toSave(values), revision === undefined ? {} : { ifMatch: revision }),
    onSuccess: (saved) => {
      begin(saved);
      toast(`${saved.name}: saved.${saved.enabled ? ' It is offered on the sign-in page.' : ''}`);
    },
    onError: (error) => {
      if (savedMeanwhile(error) === undefined) showProblem(error, form.setError, fieldOf);
    },
    onSettled: () =>
      Promise.all(
        [keys.signInSettings(team), keys.offeredProviders, keys.ownSignIn].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const theirs = savedMeanwhile(save.error);
  const submit = form.handleSubmit((values) => save.mutate({ values, revision: from?.revision }));
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={(event) => void submit(event)} style={{ maxWidth: 756 }}>
        <FormSection
          title="Provider"
          purpose="Any that speaks OpenID Connect: Entra ID, Google, Okta, Keycloak, …"
        >
          <AtProviderFields redirectUri={settings.redirectUri} secretOf={from?.issuer ?? null} />
          <div>
            <Button
              loading={test.isPending}
              onClick={() => void form.handleSubmit((values) => test.mutate(values))()}
            >
              Test these settings
            </Button>
          </div>
          {test.data && <TestResult test={test.data} />}
        </FormSection>
        <FormSection title="Who may join" purpose="Besides those who are invited.">
          <JoinFields />
        </FormSection>
        <FormSection title="Roles by groups" purpose="Applied at each sign-in.">
          {settings.provider && <GroupsMissingNotice provider={settings.provider} />}
          <GroupFields />
        </FormSection>
        <FormSection title="Ways in" purpose="How members of this team sign in.">
          <WaysInFields team={team} stored={settings.provider} />
          <FormActions
            submit={from === null ? 'Set up sign-in' : 'Save sign-in'}
            loading={save.isPending}
            error={
              theirs === undefined ? (
                form.formState.errors.root?.['server']?.message
              ) : (
                <SavedMeanwhile
                  theirs={theirs}
                  onOverwrite={() => save.mutate({ values: form.getValues(), revision: theirs?.revision })}
                  onTake={() => {
                    begin(theirs);
                    save.reset();
                  }}
                />
              )
            }
          >
            {from !== null && (
              <Button color="error" onClick={() => setRemoving(true)}>
                Remove provider
              </Button>
            )}
          </FormActions>
        </FormSection>
      </form>
      {removing && from !== null && (
        <RemoveProviderDialog
          team={team}
          provider={settings.provider ?? from}
          onRemoved={() => begin(null)}
          onClose={() => setRemoving(false)}
        />
      )}
      <UnsavedChanges dirty={form.formState.isDirty} what="how members sign in" />
    </FormProvider>
  );
}
