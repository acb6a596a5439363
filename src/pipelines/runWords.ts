import { providerNames } from '../../contract/pipelines/identity.ts';
import type { PipelineRun } from '../../contract/pipelines/pipelines.ts';
import type { MarkState } from '../ui/StateMark.tsx';

/** Who asked: the service of the pipeline, or an API token. */
export const runProvider = (provider: PipelineRun['provider']): string =>
  provider === 'api-token' ? 'API token' : providerNames[provider];

/** A run’s result as a shape and a word. */
export const resultWords: Readonly<Record<PipelineRun['result'], { mark: MarkState; words: string }>> = {
  running: { mark: 'connecting', words: 'Running' },
  succeeded: { mark: 'up', words: 'Succeeded' },
  failed: { mark: 'failed', words: 'Failed' },
  refused: { mark: 'failed', words: 'Refused' },
};

export const actionWords: Readonly<Record<PipelineRun['action'], string>> = {
  up: 'Preview up',
  down: 'Preview down',
  exchange: 'Sign-in',
};

/** “schedule, main”: what set the run off, and on what; undefined where the provider says neither. */
export function runOrigin({ event, ref }: Pick<PipelineRun, 'event' | 'ref'>): string | undefined {
  const parts = [event, ref].filter((part) => part !== null);
  return parts.length === 0 ? undefined : parts.join(', ');
}
