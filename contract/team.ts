import { z } from 'zod';
import { Instant, Ref } from './lists.ts';

export const Role = z.enum(['admin', 'member']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** A name that people see, of at most `max` characters. */
export const nameUpTo = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'Enter a name.')
    .max(max, `Use at most ${max} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), 'A name can’t hold control characters.')
    // Those that turn the direction of what follows would make other text on the page read as something else.
    .refine((text) => !/[\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(text), 'A name can’t hold invisible marks.')
    .refine((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), 'Enter a name that can be seen.');

export const displayName = nameUpTo(80);

export const emailAddress = z
  .string()
  .trim()
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('Enter an email address, such as ada@example.com.'))
  .transform((text) => text.toLowerCase());

export const PortPolicy = z
  .object({
    organization: z.boolean().meta({ description: 'Ports that every member of the team can reach.' }),
    public: z.boolean().meta({ description: 'Ports that anyone can reach.' }),
  })
  .meta({ id: 'PortPolicy', description: 'What owners may share. Private ports can’t be forbidden.' });

export const Team = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: Instant,
    members: z.int(),
    portPolicy: PortPolicy,
    revision: z.int(),
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof Team>;

export const TeamChange = z
  .object({ name: displayName.optional(), portPolicy: PortPolicy.optional() })
  .meta({ id: 'TeamChange' });
export type TeamChange = z.infer<typeof TeamChange>;

export const Member = z
  .object({
    id: z.string().meta({ description: 'The user’s id.' }),
    name: z.string(),
    email: z.string(),
    role: Role,
    joinedAt: Instant,
    lastSeenAt: Instant.nullable(),
    workspaces: z.int(),
    apiTokens: z.int().nullable().meta({
      description: 'API tokens that act as them here; null where the viewer may not see whose they are.',
    }),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

export const MemberChange = z.object({ role: Role }).meta({ id: 'MemberChange' });

/** A link for a member who has forgotten their password: shown once, to the admin who made it. */
export const ResetLink = z.object({ url: z.string(), expiresAt: Instant }).meta({ id: 'ResetLink' });
export type ResetLink = z.infer<typeof ResetLink>;

export const Invitation = z
  .object({
    id: z.string(),
    role: Role,
    email: z.string().nullable(),
    createdBy: Ref.nullable(),
    createdAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

export const InvitationCreate = z
  .object({ role: Role, email: emailAddress.nullable().default(null) })
  .meta({ id: 'InvitationCreate' });

/** The only answer that holds the link: it can’t be read again. */
export const InvitationCreated = z
  .object({ invitation: Invitation, url: z.string() })
  .meta({ id: 'InvitationCreated' });
export type InvitationCreated = z.infer<typeof InvitationCreated>;

export const ApiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    owner: Ref,
    madeBy: z.enum(['hand', 'device']).meta({
      description: 'hand: on the dashboard · device: by culvert login, on the machine it is named after.',
    }),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof ApiToken>;

/** An API token beside those of the other teams that its owner is in. */
export const OwnApiToken = ApiToken.extend({ team: Ref }).meta({ id: 'OwnApiToken' });
export type OwnApiToken = z.infer<typeof OwnApiToken>;

/** An API token acts as its owner in this one team, never beyond the owner’s role at the time of the request. */
export const ApiTokenCreate = z
  .object({ name: displayName, expiresInDays: z.int().min(1).max(366).default(90) })
  .meta({ id: 'ApiTokenCreate' });

export const ApiTokenCreated = z
  .object({ apiToken: ApiToken, token: z.string() })
  .meta({ id: 'ApiTokenCreated' });
export type ApiTokenCreated = z.infer<typeof ApiTokenCreated>;

export const Activity = z
  .object({
    id: z.string(),
    at: Instant,
    actor: z
      .object({
        kind: z.enum(['user', 'api-token', 'pipeline', 'agent', 'system']),
        id: z.string(),
        name: z.string(),
      })
      .meta({ description: 'Who did it. For an API token, the name is “<owner> with token <name>”.' }),
    action: z.string().meta({ description: 'kind.verb, such as vpn.created or member.role-changed.' }),
    subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    summary: z
      .string()
      .meta({ description: 'One plain sentence without the actor, for people. Never a secret.' }),
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof Activity>;
