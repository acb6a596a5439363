import type { Ref } from '../../../contract/lists.ts';
import { providerNames } from '../../../contract/pipelines/identity.ts';
import { either } from '../ruleWords.ts';
import type { RuleValues } from './values.ts';

/** A rule in sentences. */
export type RuleReading = {
  lets: string[];
  /** What stays out, where one might think otherwise. */
  keeps: string[];
  /** What happens next. */
  next: string;
};

/** Reads the form as it is, half filled in: what is missing is named as such. */
export function readRule(values: Partial<RuleValues>, vpns: readonly Ref[]): RuleReading {
  const { provider = 'github', outside = false } = values;
  return {
    lets: [`${who(values)} at ${providerNames[provider]}${when(values)}.`, whereTo(values, vpns)],
    keeps: [
      ...(provider === 'gitlab' && values.scope === 'owner' ? ['Projects in subgroups stay out.'] : []),
      ...(provider === 'github' && !outside
        ? ['pull_request_target and other runs of what outsiders wrote stay out.']
        : []),
      ...(provider === 'gitlab' && !outside ? ['Merge requests from forks stay out.'] : []),
      'All else of the team stays out: it reaches previews, nothing more.',
    ],
    next: whatIsNext(values),
  };
}

function who({ scope, owner = '', repository = '' }: Partial<RuleValues>): string {
  if (scope === 'owner')
    return owner.trim() === '' ? 'All repositories of an owner' : `All of ${owner.trim()}`;
  return repository.trim() === '' ? 'One repository' : repository.trim();
}

function when(values: Partial<RuleValues>): string {
  const { events = [], refs = [], environments = [], protectedOnly = false } = values;
  const limits = [
    ...(events.length > 0 ? [`on ${either(events)}`] : []),
    ...(refs.length > 0 ? [`from ${either(refs)}`] : []),
    ...(protectedOnly ? ['where the branch or tag is protected'] : []),
    ...(environments.length > 0 ? [`in the environment ${either(environments)}`] : []),
  ];
  return limits.length === 0 ? ', on any run' : `, ${limits.join(', ')}`;
}

function whereTo({ vpnScope, vpns: chosen = [] }: Partial<RuleValues>, vpns: readonly Ref[]): string {
  if (vpnScope === 'all') return 'Previews with any VPN of the team.';
  const names = vpns.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return names.length === 0 ? 'Previews with no VPN yet: choose one.' : `Previews with ${either(names)}.`;
}

function whatIsNext({ ownerId = '', repositoryId = '', scope }: Partial<RuleValues>): string {
  const known = ownerId.trim() !== '' && (scope === 'owner' || repositoryId.trim() !== '');
  return known
    ? 'It counts from the moment it is saved. If you leave the team or are no admin any more, it stops.'
    : 'The first run shows the ids behind the name and waits until an admin confirms them. If you leave the team or are no admin any more, the rule stops.';
}
