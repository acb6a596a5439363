import { useFormContext } from 'react-hook-form';
import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import type { Issuer } from '../../../contract/pipelines/pipelines.ts';
import { FormSection } from '../../ui/form/FormSection.tsx';
import { RadioList } from '../../ui/form/RadioList.tsx';
import { Segmented } from '../../ui/form/Segmented.tsx';
import { SelectField } from '../../ui/form/Select.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { issuerName, presets, urlHelp, urlPlaceholder } from '../issuers.ts';
import { providerOptions } from '../providerOptions.ts';
import { NameFields } from './NameFields.tsx';
import { firstIssuer, type RuleValues } from './values.ts';

/** Where a service’s tokens can come from: what everybody shares, what is known, and another one. */
function issuerOptions(provider: PipelineProvider, issuers: readonly Issuer[]) {
  const preset = presets[provider];
  const known = issuers.filter((issuer) => issuer.provider === provider && issuer.url !== preset?.url);
  return [
    ...(preset === null ? [] : [{ value: preset.url, label: preset.name }]),
    ...known.map((issuer) => ({ value: issuer.url, label: issuerName(issuer) })),
    { value: '', label: 'Another one …' },
  ];
}

const scopes = {
  github: ['octo/app and no other.', 'Every repository of a user or an organization, also those made later.'],
  gitlab: ['group/app and no other.', 'Every project right in a group, not those in its subgroups.'],
  bitbucket: ['acme/app and no other.', 'Every repository of a workspace, also those made later.'],
} as const satisfies Record<PipelineProvider, readonly [string, string]>;

/** Whom a new rule trusts: a service, an owner there, a repository of theirs or all. */
export function WhoFields({ issuers }: { issuers: readonly Issuer[] }) {
  const { register, watch, setValue, clearErrors, formState } = useFormContext<RuleValues>();
  const [provider, issuer, scope] = watch(['provider', 'issuer', 'scope']);
  const [one, all] = scopes[provider];
  const choose = (chosen: PipelineProvider) => {
    clearErrors();
    setValue('provider', chosen, { shouldDirty: true });
    setValue('issuer', firstIssuer(chosen, issuers));
  };
  return (
    <>
      <FormSection title="Service" purpose="Where the pipelines run, and whose tokens they come with.">
        <Segmented
          label="Service"
          name="provider"
          options={providerOptions}
          value={provider}
          onChange={choose}
        />
        <SelectField
          label={provider === 'bitbucket' ? 'Workspace' : 'Server'}
          options={issuerOptions(provider, issuers)}
          error={formState.errors.issuer?.message}
          {...register('issuer')}
        />
        {issuer === '' && (
          <TextField
            label="Address of the issuer"
            mono
            placeholder={urlPlaceholder[provider]}
            help={urlHelp[provider]}
            error={formState.errors.issuerUrl?.message}
            {...register('issuerUrl')}
          />
        )}
      </FormSection>
      <FormSection
        title="Repository"
        purpose="Trusted by its id, which nobody can take over. Its name is a label."
      >
        <RadioList
          label="Trust"
          name="scope"
          value={scope}
          onChange={(chosen) => setValue('scope', chosen, { shouldDirty: true })}
          options={[
            { value: 'repository', label: 'One repository', detail: one },
            { value: 'owner', label: 'All repositories of an owner', detail: all },
          ]}
        />
        <NameFields />
      </FormSection>
    </>
  );
}
