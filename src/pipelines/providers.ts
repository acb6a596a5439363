import { type PipelineProvider, pipelineProviders } from '../../contract/pipelines/identity.ts';

/** The service that an address or a browser's storage names; undefined: it names none. */
export const providerOf = (text: string | null | undefined): PipelineProvider | undefined =>
  pipelineProviders.find((provider) => provider === text);

const storageKey = 'culvert-pipeline-provider';

/** The service that was chosen last in this browser: most people's pipelines run in one place. */
export function rememberedProvider(): PipelineProvider {
  try {
    return providerOf(localStorage.getItem(storageKey)) ?? 'github';
  } catch {
    return 'github';
  }
}

export function rememberProvider(provider: PipelineProvider): void {
  try {
    localStorage.setItem(storageKey, provider);
  } catch {
    // Storage is off in this browser: it is chosen again next time.
  }
}
