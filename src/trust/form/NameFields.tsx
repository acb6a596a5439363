import { useFormContext } from 'react-hook-form';
import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import { Disclosure } from '../../ui/form/Disclosure.tsx';
import { FieldPair } from '../../ui/form/FormSection.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import type { RuleValues } from './values.ts';

type Words = {
  repository: string;
  example: string;
  owner: string;
  ownerExample: string;
  ownerId: string;
  repositoryId: string;
  idHelp: string;
};

const words: Readonly<Record<PipelineProvider, Words>> = {
  github: {
    repository: 'Repository',
    example: 'octo/app',
    owner: 'User or organization',
    ownerExample: 'octo',
    ownerId: 'Owner’s id',
    repositoryId: 'Repository’s id',
    idHelp: 'gh api repos/octo/app --jq .id',
  },
  gitlab: {
    repository: 'Project',
    example: 'group/app',
    owner: 'Group or user',
    ownerExample: 'group',
    ownerId: 'Group’s or user’s id',
    repositoryId: 'Project’s id',
    idHelp: 'In the menu of its page: “Copy project ID”.',
  },
  bitbucket: {
    repository: 'Repository',
    example: 'acme/app',
    owner: 'Workspace',
    ownerExample: 'acme',
    ownerId: 'Workspace UUID',
    repositoryId: 'Repository UUID',
    idHelp: 'Under Repository settings, OpenID Connect, in braces.',
  },
};

const ownerHelp: Readonly<Record<PipelineProvider, string>> = {
  github: 'gh api users/octo --jq .id',
  gitlab: 'In the menu of its page: “Copy group ID”.',
  bitbucket: 'Under Repository settings, OpenID Connect, in braces.',
};

/** What is trusted, by name, and by its ids where they are known. */
export function NameFields() {
  const { register, watch, formState } = useFormContext<RuleValues>();
  const { errors, defaultValues } = formState;
  const [provider, scope] = watch(['provider', 'scope']);
  const word = words[provider];
  const ids = (
    <FieldPair>
      <TextField
        label={word.ownerId}
        mono
        help={ownerHelp[provider]}
        error={errors.ownerId?.message}
        {...register('ownerId')}
      />
      {scope === 'repository' && (
        <TextField
          label={word.repositoryId}
          mono
          help={word.idHelp}
          error={errors.repositoryId?.message}
          {...register('repositoryId')}
        />
      )}
    </FieldPair>
  );
  return (
    <>
      {scope === 'repository' ? (
        <TextField
          label={word.repository}
          mono
          placeholder={word.example}
          help={
            provider === 'bitbucket'
              ? 'Only for you: Bitbucket’s tokens hold no names.'
              : 'Its first run shows its ids, and an admin confirms them.'
          }
          error={errors.repository?.message ?? errors.owner?.message}
          {...register('repository')}
        />
      ) : (
        <TextField
          label={word.owner}
          mono
          placeholder={word.ownerExample}
          help={
            provider === 'bitbucket'
              ? 'Only for you: Bitbucket’s tokens hold no names.'
              : 'The first run shows its id, and an admin confirms it.'
          }
          error={errors.owner?.message}
          {...register('owner')}
        />
      )}
      {provider === 'bitbucket' ? (
        ids
      ) : (
        <Disclosure open={Boolean(defaultValues?.ownerId)}>
          <summary>Ids, where you know them: then nothing has to be confirmed</summary>
          {ids}
        </Disclosure>
      )}
    </>
  );
}
