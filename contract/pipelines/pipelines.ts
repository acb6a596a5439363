import { z } from 'zod';
import { Instant, PageQuery, Ref } from '../lists.ts';
import { nameUpTo } from '../team.ts';
import { pipelineProviders } from './identity.ts';

/** As `iss` has it, letter for letter: an issuer with a slash at its end is another one. */
export const issuerUrl = z
  .string()
  .trim()
  .max(300, 'Use at most 300 characters.')
  .refine((text) => {
    const url = URL.parse(text);
    return (
      url !== null &&
      (url.protocol === 'https:' || url.protocol === 'http:') &&
      url.username === '' &&
      url.password === '' &&
      url.search === '' &&
      url.hash === ''
    );
  }, 'Enter the address of the issuer, such as https://gitlab.example.com.');

export const Issuer = z
  .object({
    id: z.string(),
    provider: z.enum(pipelineProviders),
    url: z.string(),
    createdAt: Instant,
    createdBy: Ref.nullable(),
    rules: z.int().meta({ description: 'Rules that trust repositories of it.' }),
  })
  .meta({ id: 'Issuer' });
export type Issuer = z.infer<typeof Issuer>;

export const IssuerCreate = z
  .object({ provider: z.enum(pipelineProviders), url: issuerUrl })
  .meta({ id: 'IssuerCreate' });
export type IssuerCreate = z.infer<typeof IssuerCreate>;

const shortList = z
  .array(z.string().trim().min(1, 'Enter a value.').max(200, 'Use at most 200 characters.'))
  .max(50);
const label = z.string().trim().min(1, 'Enter a name.').max(200, 'Use at most 200 characters.');
const providerId = z.string().trim().min(1, 'Enter the id.').max(100, 'Use at most 100 characters.');

/** A name as typed; its id, where it is known. Without one the first valid token of that name says it, and an admin confirms. */
export const NamedByAdmin = z
  .object({ name: label, id: providerId.nullable().default(null) })
  .meta({ id: 'NamedByAdmin' });

const ruleSettings = {
  owner: NamedByAdmin,
  repository: NamedByAdmin.nullable().meta({ description: 'null: all repositories of the owner.' }),
  events: shortList.meta({ description: 'Empty: any.' }),
  refs: shortList.meta({ description: 'Branches by name, tags as `refs/tags/<name>`; empty: any.' }),
  environments: shortList.meta({ description: 'Empty: any.' }),
  protectedOnly: z.boolean().meta({ description: 'Only where the provider says that the ref is protected.' }),
  outside: z.boolean().meta({
    description: 'Also what may run code from outside: forks, pull_request_target and the like.',
  }),
  vpns: z
    .array(z.string())
    .max(100)
    .nullable()
    .meta({ description: 'Ids of VPNs; null: all of the team’s.' }),
};

export const TrustRuleCreate = z
  .object({ issuer: z.string(), ...ruleSettings })
  .meta({ id: 'TrustRuleCreate' });
export type TrustRuleCreate = z.infer<typeof TrustRuleCreate>;
export const TrustRuleChange = z.object(ruleSettings).partial().meta({ id: 'TrustRuleChange' });
export type TrustRuleChange = z.infer<typeof TrustRuleChange>;

const Identified = z.object({ id: z.string().nullable(), name: z.string() });

export const TrustedRepository = z
  .object({
    id: z.string(),
    issuer: z.object({ id: z.string(), provider: z.enum(pipelineProviders), url: z.string() }),
    owner: Identified,
    repository: Identified.nullable(),
    state: z.enum(['active', 'waiting', 'to-confirm', 'stopped']).meta({
      description:
        'waiting: names were typed, and nobody of that name has come yet · to-confirm: somebody has, see `seen` · ' +
        'stopped: whoever made it may no longer do what it allows, see `stopped`.',
    }),
    seen: z
      .object({ owner: z.string(), repository: z.string().nullable(), at: Instant })
      .nullable()
      .meta({ description: 'The ids with which the typed names came first.' }),
    stopped: z.string().nullable(),
    events: z.array(z.string()),
    refs: z.array(z.string()),
    environments: z.array(z.string()),
    protectedOnly: z.boolean(),
    outside: z.boolean(),
    vpns: z.array(Ref).nullable(),
    createdAt: Instant,
    createdBy: z
      .string()
      .meta({ description: 'The name of who made it; what it allows is limited to what they may do.' }),
    lastUsedAt: Instant.nullable(),
    revision: z.int(),
  })
  .meta({ id: 'TrustedRepository' });
export type TrustedRepository = z.infer<typeof TrustedRepository>;

/** The ids that `seen` shows: confirming others than those that are there now is refused. */
export const TrustRuleConfirm = z
  .object({ owner: z.string(), repository: z.string().nullable() })
  .meta({ id: 'TrustRuleConfirm' });

/** `team`: its id or name; left out where only one team trusts this pipeline. */
export const PipelineTokenCreate = z
  .object({ idToken: z.string().min(1).max(16_384), team: z.string().max(200).nullable().default(null) })
  .meta({ id: 'PipelineTokenCreate' });

/** What a pipeline’s token is good for. */
export const PipelineScope = z.object({
  provider: z.enum(pipelineProviders),
  issuer: z.string(),
  owner: Ref,
  repository: Ref,
  event: z.string().nullable(),
  ref: z.string().nullable(),
  /** Counts the runs of its provider, so that an older one is known as such; null where it doesn’t count them. */
  sequence: z.number().nullable(),
  vpns: z.array(z.string()).nullable(),
});
export type PipelineScope = z.infer<typeof PipelineScope>;

export const PipelineTokenCreated = z
  .object({
    token: z.string(),
    expiresAt: Instant,
    team: Ref,
    repository: Ref,
    vpns: z.array(Ref).nullable().meta({ description: 'Those it may use; null: all of the team’s.' }),
  })
  .meta({ id: 'PipelineTokenCreated' });
export type PipelineTokenCreated = z.infer<typeof PipelineTokenCreated>;

/** At most. A token of a pipeline doesn't outlive its job by more. */
export const PIPELINE_TOKEN_MS = 60 * 60_000;

/** What a rule has to say to let a pipeline in. */
export const AdmittedBy = z
  .object({
    issuer: z.string(),
    owner: Ref,
    repository: Ref,
    event: z.string().nullable(),
    ref: z.string().nullable(),
  })
  .meta({ id: 'AdmittedBy' });
export type AdmittedBy = z.infer<typeof AdmittedBy>;

export const PipelineRun = z
  .object({
    id: z.string(),
    at: Instant,
    finishedAt: Instant.nullable(),
    provider: z.enum([...pipelineProviders, 'api-token']),
    repository: z.string(),
    change: z.string().nullable(),
    event: z.string().nullable(),
    ref: z.string().nullable(),
    actor: z.string(),
    action: z.enum(['exchange', 'up', 'down']),
    result: z.enum(['running', 'succeeded', 'failed', 'refused']),
    code: z.string().nullable(),
    message: z.string(),
    vpn: Ref.nullable(),
    workspace: Ref.nullable(),
    admittedBy: AdmittedBy.nullable().meta({
      description: 'For a refused one: what a rule has to say to let it in.',
    }),
    knownOwner: z.boolean().meta({
      description:
        'false: refused, and no rule of the team named its owner. Anybody with an account at the service can come so, ' +
        'under a name like the team’s: compare the ids before trusting it.',
    }),
  })
  .meta({ id: 'PipelineRun' });
export type PipelineRun = z.infer<typeof PipelineRun>;

export const PipelineRunQuery = PageQuery.omit({ search: true }).extend({ vpn: z.string().optional() });

/** The name of a change: a pull request’s number, or a branch. */
export const changeName = nameUpTo(120);
