import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import type {
  AdmittedBy,
  Issuer,
  PipelineRun,
  TrustedRepository,
  TrustRuleChange,
  TrustRuleCreate,
} from '../../../contract/pipelines/pipelines.ts';
import { presets } from '../issuers.ts';

/** The rule as its form holds it: text for text fields, and what is chosen beside what it would hold. */
export type RuleValues = {
  provider: PipelineProvider;
  /** The address of a known issuer or of a preset; empty: `issuerUrl` has it. */
  issuer: string;
  issuerUrl: string;
  scope: 'repository' | 'owner';
  /** With `scope` repository: as its service shows it, `octo/app`. */
  repository: string;
  repositoryId: string;
  /** With `scope` owner alone: a repository’s name begins with its owner’s. */
  owner: string;
  ownerId: string;
  vpnScope: 'selected' | 'all';
  vpns: string[];
  events: string[];
  refs: string[];
  environments: string[];
  protectedOnly: boolean;
  outside: boolean;
};

/** A new rule reaches no VPN until one is chosen. */
export const emptyRule = (provider: PipelineProvider, issuers: readonly Issuer[]): RuleValues => ({
  provider,
  issuer: firstIssuer(provider, issuers),
  issuerUrl: '',
  scope: 'repository',
  repository: '',
  repositoryId: '',
  owner: '',
  ownerId: '',
  vpnScope: 'selected',
  vpns: [],
  events: [],
  refs: [],
  environments: [],
  protectedOnly: false,
  outside: false,
});

/** The issuer to start with: the one that everybody shares, else one that is known, else a new one. */
export const firstIssuer = (provider: PipelineProvider, issuers: readonly Issuer[]): string =>
  presets[provider]?.url ?? issuers.find((issuer) => issuer.provider === provider)?.url ?? '';

/** A rule that lets in what was refused, from its own ids: nothing has to be confirmed. */
export const ruleForRun = (
  provider: PipelineProvider,
  { issuer, owner, repository }: AdmittedBy,
  vpn: string | undefined,
): RuleValues => ({
  ...emptyRule(provider, []),
  issuer,
  repository: repository.name,
  repositoryId: repository.id,
  owner: owner.name,
  ownerId: owner.id,
  vpns: vpn === undefined ? [] : [vpn],
});

export const toRuleValues = (rule: TrustedRepository): RuleValues => ({
  provider: rule.issuer.provider,
  issuer: rule.issuer.url,
  issuerUrl: '',
  scope: rule.repository === null ? 'owner' : 'repository',
  repository: rule.repository?.name ?? '',
  repositoryId: rule.repository?.id ?? '',
  owner: rule.owner.name,
  ownerId: rule.owner.id ?? '',
  vpnScope: rule.vpns === null ? 'all' : 'selected',
  vpns: rule.vpns?.map(({ id }) => id) ?? [],
  events: rule.events,
  refs: rule.refs,
  environments: rule.environments,
  protectedOnly: rule.protectedOnly,
  outside: rule.outside,
});

/** The owner that a repository’s name begins with: `octo` of `octo/app`, `group/team` of `group/team/app`. */
export const ownerOf = (repository: string): string =>
  repository.includes('/') ? repository.slice(0, repository.lastIndexOf('/')) : '';

const named = (name: string, id: string) => ({ name: name.trim(), id: id.trim() === '' ? null : id.trim() });

/** Everything that a rule limits: what can be changed later. What its service doesn’t say isn’t asked of it. */
const limitsOf = (values: RuleValues) => ({
  vpns: values.vpnScope === 'all' ? null : values.vpns,
  events: values.provider === 'bitbucket' ? [] : values.events,
  refs: values.refs,
  environments: values.environments,
  protectedOnly: values.provider === 'gitlab' && values.protectedOnly,
  outside: values.provider !== 'bitbucket' && values.outside,
});

/** `issuer`: its id. */
export const toRuleCreate = (values: RuleValues, issuer: string): TrustRuleCreate => ({
  issuer,
  owner: named(ownerName(values), values.ownerId),
  repository: values.scope === 'owner' ? null : named(values.repository, values.repositoryId),
  ...limitsOf(values),
});

/** Bitbucket’s names are labels that its tokens don’t have, so its owner may be typed without a slash. */
const ownerName = ({ scope, owner, repository }: RuleValues): string =>
  scope === 'owner' ? owner : ownerOf(repository) || owner;

/** With the names that are new: whom the rule trusts stays, since the ids do. */
export function toRuleChange(
  values: RuleValues,
  { owner, repository }: Pick<TrustedRepository, 'owner' | 'repository'>,
): TrustRuleChange {
  const isRenamed = values.owner !== owner.name || values.repository !== (repository?.name ?? '');
  const names = {
    owner: named(values.owner, values.ownerId),
    repository: repository && named(values.repository, values.repositoryId),
  };
  return { ...limitsOf(values), ...(isRenamed ? names : {}) };
}

/** What the rule lacks for a run that it refused, as values of the form; empty: nothing that a button may fill in. */
export function lacking(values: RuleValues, run: PipelineRun): Partial<RuleValues> {
  const { events, refs, vpns } = values;
  const added = (values: string[], value: string | undefined | null) =>
    value === undefined || value === null || values.includes(value) ? undefined : [...values, value];
  const more = {
    ...(run.code === 'event_untrusted' ? { events: added(events, run.event) } : {}),
    ...(run.code === 'ref_untrusted' ? { refs: added(refs, run.ref) } : {}),
    ...(run.code === 'vpn_untrusted' ? { vpns: added(vpns, run.vpn?.id) } : {}),
    ...(run.code === 'repository_renamed' ? newNames(values, run) : {}),
  };
  return Object.fromEntries(Object.entries(more).filter(([, values]) => values !== undefined));
}

/** What its service calls now what the rule trusts. */
function newNames(
  { scope, repository, owner }: RuleValues,
  { admittedBy }: PipelineRun,
): Partial<RuleValues> {
  if (admittedBy === null) return {};
  const now = {
    owner: admittedBy.owner.name,
    repository: scope === 'repository' ? admittedBy.repository.name : '',
  };
  return now.owner === owner && now.repository === repository ? {} : now;
}
