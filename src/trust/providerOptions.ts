import { type PipelineProvider, pipelineProviders } from '../../contract/pipelines/identity.ts';

/** The services as people call them; what runs in them is in `providerNames`. */
const names: Readonly<Record<PipelineProvider, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  bitbucket: 'Bitbucket',
};

/** Every service that runs pipelines, for a list to choose from. */
export const providerOptions = pipelineProviders.map((value) => ({ value, label: names[value] }));
