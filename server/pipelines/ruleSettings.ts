import { type PipelineProvider, providerNames, refOf } from '../../contract/pipelines/identity.ts';
import type { TrustRuleChange, TrustRuleCreate } from '../../contract/pipelines/pipelines.ts';
import type { FieldProblem } from '../../contract/problems.ts';
import { shown } from '../../contract/shownText.ts';

/** What a rule says, but for its issuer. */
export type RuleSettings = Omit<TrustRuleCreate, 'issuer'>;

/** A typed owner or repository. */
type Typed = { name: string; id: string | null };

/** The settings with a change applied. */
export const withChange = (settings: RuleSettings, change: TrustRuleChange): RuleSettings => ({
  owner: change.owner ?? settings.owner,
  repository: change.repository === undefined ? settings.repository : change.repository,
  events: change.events ?? settings.events,
  refs: change.refs ?? settings.refs,
  environments: change.environments ?? settings.environments,
  protectedOnly: change.protectedOnly ?? settings.protectedOnly,
  outside: change.outside ?? settings.outside,
  vpns: change.vpns === undefined ? settings.vpns : change.vpns,
});

/** As tokens of this provider will have it: Bitbucket's ids in braces, branches without `refs/heads/`, nothing twice. */
export function tidySettings(provider: PipelineProvider, settings: RuleSettings): RuleSettings {
  const tidy = (typed: Typed): Typed =>
    provider === 'bitbucket' ? { ...typed, id: inBraces(typed.id ?? typed.name) } : typed;
  return {
    ...settings,
    owner: tidy(settings.owner),
    repository: settings.repository && tidy(settings.repository),
    events: [...new Set(settings.events)],
    refs: [...new Set(settings.refs.map(refOf))],
    environments: [...new Set(settings.environments)],
    vpns: settings.vpns && [...new Set(settings.vpns)],
  };
}

/** Bitbucket's tokens name nothing: a name is no id unless it is one. */
function inBraces(text: string): string | null {
  if (/^\{.+\}$/.test(text)) return text;
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? `{${text}}` : null;
}

/** What of tidy settings no token of this provider could ever match. Empty: nothing. */
export function settingsProblems(provider: PipelineProvider, settings: RuleSettings): FieldProblem[] {
  const { owner, repository, events, refs, protectedOnly } = settings;
  const name = providerNames[provider];
  return [
    ...idProblems(provider, 'owner', owner),
    ...(repository ? idProblems(provider, 'repository', repository) : []),
    ...(repository && provider !== 'bitbucket' ? ownerProblems(owner, repository) : []),
    ...(provider === 'bitbucket' && events.length > 0
      ? [problem('events', 'not_said', `${name} doesn’t say which event a run is for. Leave this empty.`)]
      : []),
    ...refs.flatMap((ref, at) =>
      ref.includes('*')
        ? [
            problem(
              `refs.${at}`,
              'pattern',
              'Patterns don’t work here. Enter each branch by its name, each tag as refs/tags/<name>.',
            ),
          ]
        : [],
    ),
    ...(provider !== 'gitlab' && protectedOnly
      ? [problem('protectedOnly', 'not_said', `${name} doesn’t say which branches are protected.`)]
      : []),
  ];
}

function idProblems(provider: PipelineProvider, path: 'owner' | 'repository', { id }: Typed): FieldProblem[] {
  const what = path === 'repository' ? 'repository' : provider === 'bitbucket' ? 'workspace' : 'owner';
  if (provider === 'bitbucket') {
    if (id !== null) return [];
    const message = `Enter the ${what}’s UUID, with its braces: Bitbucket’s tokens hold no names.`;
    return [problem(`${path}.id`, 'id_needed', message)];
  }
  if (id === null || /^\d+$/.test(id)) return [];
  const message = `${providerNames[provider]} has numbers as ids. Enter the ${what}’s, or leave it empty.`;
  return [problem(`${path}.id`, 'id_invalid', message)];
}

function ownerProblems(owner: Typed, repository: Typed): FieldProblem[] {
  if (repository.name.toLowerCase().startsWith(`${owner.name.toLowerCase()}/`)) return [];
  const message = `“${shown(repository.name)}” isn’t one of ${shown(owner.name)}’s. Enter it with its owner, such as ${shown(owner.name)}/app.`;
  return [problem('repository.name', 'other_owner', message)];
}

const problem = (path: string, code: string, message: string): FieldProblem => ({ path, code, message });
