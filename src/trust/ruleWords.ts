import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import type { MarkState } from '../ui/StateMark.tsx';

type Limits = Pick<TrustedRepository, 'events' | 'refs' | 'environments' | 'protectedOnly' | 'outside'>;

/** “one”, “one or another”, “one, another or a third”. */
export const either = (values: readonly string[]): string =>
  values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;

/** What a rule is limited to, piece by piece; nothing where any pipeline of the repository is let in. */
export function limitsInWords({ events, refs, environments, protectedOnly, outside }: Limits): string[] {
  return [
    ...(events.length > 0 ? [`on ${either(events)}`] : []),
    ...(refs.length > 0 ? [`from ${either(refs)}`] : []),
    ...(protectedOnly ? ['from protected branches and tags'] : []),
    ...(environments.length > 0 ? [`in the environment ${either(environments)}`] : []),
    ...(outside ? ['code from outside, too'] : []),
  ];
}

/** The repository, or all of an owner: as people call it. */
export const trustedName = ({
  owner,
  repository,
}: Pick<TrustedRepository, 'owner' | 'repository'>): string =>
  repository === null ? `All repositories of ${owner.name}` : repository.name;

/** A rule’s state as a shape and a word. */
export const stateWords: Readonly<Record<TrustedRepository['state'], { mark: MarkState; words: string }>> = {
  active: { mark: 'up', words: 'Trusted' },
  waiting: { mark: 'pending', words: 'Waiting for its first run' },
  'to-confirm': { mark: 'warning', words: 'To be confirmed' },
  stopped: { mark: 'failed', words: 'Stopped' },
};
