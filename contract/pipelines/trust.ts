import { shown } from '../shownText.ts';
import type { Named, PipelineIdentity } from './identity.ts';

/**
 * Which pipelines a team trusts. Decided by immutable ids; names never let anybody in. They are shown, tell somebody who took over
 * a name that they did, and stop a repository that goes by another name than the one an admin agreed to, until one agrees to
 * that too. Without a rule nothing is trusted.
 */
export type TrustRule = {
  id: string;
  issuer: string;
  owner: Named;
  /** One repository; null: all of the owner's. */
  repository: Named | null;
  /** What it is for; an empty list restricts nothing. */
  events: readonly string[];
  refs: readonly string[];
  environments: readonly string[];
  protectedOnly: boolean;
  /** Lets in what may run other people's code: forks, and events such as `pull_request_target`. */
  outside: boolean;
  /** Ids of VPNs that its pipelines may use; null: all of the team's. */
  vpns: readonly string[] | null;
  /** Why it admits nobody now: whoever made it has left the team, or is no admin any more. */
  stopped: string | null;
};

export type TrustRefusalCode =
  | 'repository_untrusted'
  | 'repository_replaced'
  | 'repository_renamed'
  | 'rule_stopped'
  | 'outside_code'
  | 'event_untrusted'
  | 'ref_untrusted'
  | 'ref_unprotected'
  | 'environment_untrusted'
  | 'vpn_untrusted';

export type TrustRefusal = {
  code: TrustRefusalCode;
  message: string;
  /** What a rule has to say to let this pipeline in, for the admin. */
  admittedBy: AdmittingRule;
};

export type AdmittingRule = {
  issuer: string;
  owner: Named;
  repository: Named;
  event: string | null;
  ref: string | null;
  environment: string | null;
  outside: boolean;
};

export type TrustDecision = { ok: true; rule: TrustRule } | { ok: false; refusal: TrustRefusal };

/** In the order in which they are asked: of several rules that refuse, the one that came furthest says why. */
const questions: readonly {
  code: TrustRefusalCode;
  asks: (rule: TrustRule, identity: PipelineIdentity, vpnId: string | null) => boolean;
  message: (rule: TrustRule, identity: PipelineIdentity) => string;
}[] = [
  {
    code: 'rule_stopped',
    asks: ({ stopped }) => stopped === null,
    message: ({ stopped }) => `The rule that trusts it has stopped: ${stopped ?? ''}`,
  },
  {
    code: 'repository_renamed',
    asks: (rule, identity) => isCalledSo(rule, identity),
    message: ({ owner, repository }, identity) => {
      const [known, now] = repository ? [repository, identity.repository] : [owner, identity.owner];
      return `The rule knows ${shown(now.name)} (id ${shown(now.id)}) as ${shown(known.name)}: it was renamed or moved since. An admin of the team has to put the new name into the rule.`;
    },
  },
  {
    code: 'outside_code',
    asks: ({ outside }, identity) => outside || identity.outside === null,
    message: (_, { outside, event }) =>
      outside === 'fork'
        ? 'This pipeline may run what a fork wrote. A rule has to allow code from outside for that.'
        : `${quoted(event)} may run what somebody from outside wrote. A rule has to allow code from outside for that.`,
  },
  {
    code: 'event_untrusted',
    asks: ({ events }, { event }) => isAmong(events, event),
    message: ({ events }, { event }) =>
      `The rule that trusts this repository is for ${listOf(events)}, not for ${quoted(event)}.`,
  },
  {
    code: 'ref_untrusted',
    asks: ({ refs }, { ref }) => isAmong(refs, ref),
    message: ({ refs }, { ref }) =>
      `The rule that trusts this repository is for ${listOf(refs)}, not for ${quoted(ref)}.`,
  },
  {
    code: 'ref_unprotected',
    asks: ({ protectedOnly }, { isProtected }) => !protectedOnly || isProtected === true,
    message: (_, { ref, isProtected }) =>
      isProtected === null
        ? 'The rule that trusts this repository is for protected branches and tags, and this provider doesn’t say which are.'
        : `The rule that trusts this repository is for protected branches and tags, and ${quoted(ref)} isn’t protected.`,
  },
  {
    code: 'environment_untrusted',
    asks: ({ environments }, { environment }) => isAmong(environments, environment),
    message: ({ environments }, { environment }) =>
      `The rule that trusts this repository is for the environment ${listOf(environments)}, not for ${quoted(environment)}.`,
  },
  {
    code: 'vpn_untrusted',
    asks: ({ vpns }, _, vpnId) => vpnId === null || vpns === null || vpns.includes(vpnId),
    message: () => 'The rule that trusts this repository doesn’t let it use this VPN.',
  },
];

/**
 * Decides whether a pipeline may act for the team: one rule has to say yes to all of it. `vpnId` null leaves the question of the
 * VPN for later, as when a token is issued for all that the rule has.
 */
export function decideTrust(
  identity: PipelineIdentity,
  rules: readonly TrustRule[],
  vpnId: string | null,
): TrustDecision {
  const ofIssuer = rules.filter(({ issuer }) => issuer === identity.issuer);
  const ofRepository = ofIssuer.filter((rule) => isFor(rule, identity));
  let furthest: { step: number; rule: TrustRule } | undefined;
  for (const rule of ofRepository) {
    const step = questions.findIndex(({ asks }) => !asks(rule, identity, vpnId));
    if (step === -1) return { ok: true, rule };
    if (furthest === undefined || step > furthest.step) furthest = { step, rule };
  }
  const question = furthest && questions[furthest.step];
  if (furthest && question) return refuse(identity, question.code, question.message(furthest.rule, identity));
  const replaced = ofIssuer.find((rule) => isNamesake(rule, identity));
  if (replaced) {
    const { owner, repository } = replaced;
    const trusted = repository ?? owner;
    return refuse(
      identity,
      'repository_replaced',
      `${shown(trusted.name)} is trusted with the id ${shown(trusted.id)}. This is another one of that name: it was deleted, renamed or moved, and somebody made a new one. Trust it anew if that was you.`,
    );
  }
  return refuse(
    identity,
    'repository_untrusted',
    `${shown(identity.repository.name)} isn’t trusted by this team.`,
  );
}

const isFor = ({ owner, repository }: TrustRule, identity: PipelineIdentity): boolean =>
  owner.id === identity.owner.id && (repository === null || repository.id === identity.repository.id);

/** It goes by the name that the rule knows. No two names of one provider differ in case alone; some providers tell none. */
function isCalledSo({ owner, repository }: TrustRule, identity: PipelineIdentity): boolean {
  const [known, now] = repository ? [repository, identity.repository] : [owner, identity.owner];
  return now.name === now.id || known.name.toLowerCase() === now.name.toLowerCase();
}

/** It has the name that a rule knows, and another id. */
const isNamesake = ({ owner, repository }: TrustRule, identity: PipelineIdentity): boolean =>
  repository === null
    ? owner.name === identity.owner.name && owner.id !== identity.owner.id
    : repository.name === identity.repository.name;

const isAmong = (allowed: readonly string[], value: string | null): boolean =>
  allowed.length === 0 || (value !== null && allowed.includes(value));

const quoted = (value: string | null): string => (value === null ? 'one without' : `“${shown(value)}”`);
const listOf = (values: readonly string[]): string => values.map((value) => `“${shown(value)}”`).join(' or ');

const refuse = (identity: PipelineIdentity, code: TrustRefusalCode, message: string): TrustDecision => {
  const { issuer, owner, repository, event, ref, environment } = identity;
  const admittedBy = {
    issuer,
    owner,
    repository,
    event,
    ref,
    environment,
    outside: identity.outside !== null,
  };
  return { ok: false, refusal: { code, message, admittedBy } };
};
