import type { Ref } from '../../../contract/lists.ts';
import { providerNames } from '../../../contract/pipelines/identity.ts';
import { counted } from '../../ui/counted.ts';
import { either } from '../ruleWords.ts';
import type { RuleValues } from './values.ts';

/** A rule in sentences. */
export type RuleReading = {
  lets: string[];
  /** What has to be filled in before it lets anybody in. */
  lacks: string[];
  /** What stays out, where one might think otherwise. */
  keepsOut: string[];
  /** What happens once it is saved. */
  next: string;
};

/** Reads the form as it is, half filled in. `vpns`: those of the team whose names are known. */
export function readRule(values: RuleValues, vpns: readonly Ref[]): RuleReading {
  const { provider, outside, scope } = values;
  const who = whoOf(values);
  const to = vpnsOf(values, vpns);
  return {
    lets: [
      ...(who === undefined ? [] : [`${who} at ${providerNames[provider]}, ${whenOf(values)}.`]),
      ...(to === undefined ? [] : [`Previews with ${to}.`]),
    ],
    lacks: [
      ...(who === undefined ? [scope === 'owner' ? 'Name the owner.' : 'Name the repository.'] : []),
      ...(to === undefined ? ['Choose a VPN.'] : []),
    ],
    keepsOut: [
      ...(provider === 'gitlab' && scope === 'owner' ? ['Projects in subgroups.'] : []),
      ...(provider === 'github' && !outside
        ? ['Runs of what outsiders wrote, as by pull_request_target.']
        : []),
      ...(provider === 'gitlab' && !outside ? ['Merge requests and other pipelines of forks.'] : []),
      'All of the team that isn’t a preview of its own.',
    ],
    next: nextOf(values),
  };
}

function whoOf({ scope, owner, repository }: RuleValues): string | undefined {
  const name = (scope === 'owner' ? owner : repository).trim();
  if (name === '') return undefined;
  return scope === 'owner' ? `All repositories of ${name}` : name;
}

function whenOf({ events, refs, environments, protectedOnly }: RuleValues): string {
  const limits = [
    ...(events.length > 0 ? [`on ${either(events)}`] : []),
    ...(refs.length > 0 ? [`from ${either(refs)}`] : []),
    ...(protectedOnly ? ['where the branch or tag is protected'] : []),
    ...(environments.length > 0 ? [`in the environment ${either(environments)}`] : []),
  ];
  return limits.length === 0 ? 'on any run' : limits.join(', ');
}

function vpnsOf({ vpnScope, vpns: chosen }: RuleValues, vpns: readonly Ref[]): string | undefined {
  if (vpnScope === 'all') return 'any VPN of the team';
  const names = vpns.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  // Of a long list only its beginning is known here.
  const more = chosen.length - names.length;
  const all = more === 0 ? names : [...names, counted(more, names.length === 0 ? 'VPN' : 'other VPN')];
  return all.length === 0 ? undefined : either(all);
}

function nextOf({ provider, ownerId, repositoryId, scope }: RuleValues): string {
  const known = ownerId.trim() !== '' && (scope === 'owner' || repositoryId.trim() !== '');
  const first =
    known || provider === 'bitbucket'
      ? 'It counts from the moment it is saved.'
      : 'The first run shows the ids behind the name, and waits until an admin confirms them.';
  return `${first} If you leave the team or are no admin any more, it stops.`;
}
