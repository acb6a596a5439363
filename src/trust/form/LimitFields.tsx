import { useController, useFormContext } from 'react-hook-form';
import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import { Switch } from '../../ui/form/Switch.tsx';
import { TagInput } from '../../ui/form/TagInput.tsx';
import { Stack } from '../../ui/Panel.tsx';
import type { RuleValues } from './values.ts';

type Words = {
  events: { help: string; example: string } | undefined;
  refs: string;
  environments: string;
  outside: string | undefined;
};

const words: Readonly<Record<PipelineProvider, Words>> = {
  github: {
    events: { help: 'What set the run off, as GitHub names it.', example: 'pull_request' },
    refs: 'Branches by their whole names, such as main, tags as refs/tags/v1. Pull requests run on one of their own each, refs/pull/<number>/merge: leave it empty for them.',
    environments: 'Names of environments that the job has to be for.',
    outside:
      'Runs set off by pull_request_target, workflow_run and issue_comment. Whoever can open a pull request or write a comment may then get into the VPN.',
  },
  gitlab: {
    events: {
      help: 'What set the pipeline off, as GitLab names it: CI_PIPELINE_SOURCE.',
      example: 'merge_request_event',
    },
    refs: 'Branches by their whole names, such as main, tags as refs/tags/v1. Merge requests run on their source branch.',
    environments: 'Names of environments that the job has to be for.',
    outside:
      'Pipelines that ran in a fork, and merge requests of a GitLab older than 18.4, which doesn’t say where they ran. Whoever can fork the project may then get into the VPN.',
  },
  bitbucket: {
    events: undefined,
    refs: 'Branches by their whole names, such as main. Bitbucket doesn’t say which tag a run is for.',
    environments: 'UUIDs of deployment environments, in braces.',
    outside: undefined,
  },
};

/** Which runs of the repository get in. What a service doesn’t say can’t be asked of it, so those fields aren’t there. */
export function LimitFields() {
  const { control, watch } = useFormContext<RuleValues>();
  const provider = watch('provider');
  const events = useController({ control, name: 'events' });
  const refs = useController({ control, name: 'refs' });
  const environments = useController({ control, name: 'environments' });
  const protectedOnly = useController({ control, name: 'protectedOnly' });
  const outside = useController({ control, name: 'outside' });
  const word = words[provider];
  return (
    <Stack>
      {word.events && (
        <TagInput
          label="Events"
          placeholder={`Any, or ${word.events.example}`}
          help={word.events.help}
          error={events.fieldState.error?.message}
          value={events.field.value}
          onChange={events.field.onChange}
        />
      )}
      <TagInput
        label="Branches and tags"
        placeholder="Any, or main"
        help={word.refs}
        error={refs.fieldState.error?.message}
        value={refs.field.value}
        onChange={refs.field.onChange}
      />
      <TagInput
        label="Environments"
        placeholder="Any, or preview"
        help={word.environments}
        withBlanks
        error={environments.fieldState.error?.message}
        value={environments.field.value}
        onChange={environments.field.onChange}
      />
      {provider === 'gitlab' && (
        <Switch
          label="Protected branches and tags only"
          checked={protectedOnly.field.value}
          onChange={protectedOnly.field.onChange}
        >
          Only where GitLab says that the branch or tag is protected.
        </Switch>
      )}
      {word.outside !== undefined && (
        <Switch
          label="Also code from outside"
          checked={outside.field.value}
          onChange={outside.field.onChange}
        >
          {word.outside}
        </Switch>
      )}
    </Stack>
  );
}
