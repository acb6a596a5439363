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
  const [provider, scope, ownerId, repositoryId] = watch(['provider', 'scope', 'ownerId', 'repositoryId']);
  const known = ownerId.trim() !== '' && (scope === 'owner' || repositoryId.trim() !== '');
  const word = words[provider];
  const help =
    provider === 'bitbucket'
      ? 'Only for you: Bitbucket’s tokens hold no names.'
      : known
        ? 'Only for you: the ids are what counts.'
        : 'The first run shows the ids behind it, and an admin confirms them.';
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
          help={help}
          error={errors.repository?.message ?? errors.owner?.message}
          {...register('repository')}
        />
      ) : (
        <TextField
          label={word.owner}
          mono
          placeholder={word.ownerExample}
          help={help}
          error={errors.owner?.message}
          {...register('owner')}
        />
      )}
      {provider === 'bitbucket' ? (
        ids
      ) : (
        <Disclosure
          open={
            defaultValues?.ownerId !== '' || errors.ownerId !== undefined || errors.repositoryId !== undefined
          }
        >
          <summary>Ids, where you know them: then nothing has to be confirmed</summary>
          {ids}
        </Disclosure>
      )}
    </>
  );
}
