import { pipelineProviders, providerNames } from '../../contract/pipelines/identity.ts';

/** Every service that runs pipelines, for a list to choose from. */
export const providerOptions = pipelineProviders.map((value) => ({ value, label: providerNames[value] }));
