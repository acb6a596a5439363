import { z } from 'zod';
import { Instant, Ref } from './lists.ts';
import { displayName, Role } from './team.ts';
import { issuerUrl } from './pipelines/pipelines.ts';

/** A provider as the sign-in page offers it. */
export const OfferedProvider = z
  .object({
    id: z.string(),
    name: z.string(),
    passwordSignIn: z.boolean().meta({
      description: 'false: who is in its team can’t sign in by password.',
    }),
  })
  .meta({ id: 'OfferedProvider' });
export type OfferedProvider = z.infer<typeof OfferedProvider>;

/** Begins a sign-in. What it begins from travels in the body, so that an invitation’s token is in no address. */
export const SignInStart = z
  .object({
    to: z.string().max(2000).optional().meta({ description: 'Path of the dashboard to go on to.' }),
    invitation: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Token of an invitation to accept with it.' }),
    link: z.boolean().default(false).meta({
      description: 'Adds the identity to the account that is signed in, instead of signing in.',
    }),
  })
  .meta({ id: 'SignInStart' });

/** Where to send the browser. */
export const SignInStarted = z.object({ url: z.string() }).meta({ id: 'SignInStarted' });
export type SignInStarted = z.infer<typeof SignInStarted>;

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/,
    'Enter a domain, such as example.com.',
  );

const settings = {
  name: displayName.meta({ description: 'As the button says it: “Sign in with <name>”.' }),
  issuer: issuerUrl,
  clientId: z.string().trim().min(1, 'Enter the client id.').max(300),
  scopes: z
    .string()
    .trim()
    .max(300)
    .regex(
      /^[\x21\x23-\x5b\x5d-\x7e ]*$/,
      'Scopes are words of letters, digits and signs, with spaces between them.',
    )
    .refine((text) => text.split(' ').includes('openid'), 'Without openid the provider says nobody’s name.')
    .default('openid email profile'),
  admittedDomains: z.array(domain).max(50).meta({
    description: 'Whoever comes with a verified address of them joins without an invitation.',
  }),
  role: Role.meta({ description: 'Of those who join so.' }),
  groupsClaim: z.string().trim().min(1).max(200).nullable(),
  adminGroups: z.array(z.string().trim().min(1).max(300)).max(100).meta({
    description: 'Whoever is in one of them is an admin, all others are members. Applied at each sign-in.',
  }),
  enabled: z.boolean(),
  passwordSignIn: z.boolean(),
  localAdmin: z.string().nullable().meta({
    description: 'The admin who can sign in by password all the same: a way in when the provider fails.',
  }),
};

/** `clientSecret` is needed once and kept where it is left out, unless the issuer is another one. */
export const SignInProviderSave = z
  .object({ ...settings, clientSecret: z.string().min(1, 'Enter the client secret.').max(1000).optional() })
  .meta({ id: 'SignInProviderSave' });
export type SignInProviderSave = z.infer<typeof SignInProviderSave>;

export const SignInProvider = z
  .object({
    id: z.string(),
    ...settings,
    adminSignedIn: z.boolean().meta({
      description:
        'Whether an admin of the team has come by it since its issuer, client id and secret are what they are: passwords can’t be ' +
        'turned off before.',
    }),
    unlinkedMembers: z.int().meta({
      description: 'Members who haven’t come by it yet: with passwords off they don’t get in.',
    }),
    groupsMissingSince: Instant.nullable().meta({
      description: 'Since when sign-ins bring no groups claim, so that roles stay as they are.',
    }),
    revision: z.int(),
    updatedAt: Instant,
    updatedBy: Ref.nullable(),
  })
  .meta({ id: 'SignInProvider' });
export type SignInProvider = z.infer<typeof SignInProvider>;

/** How the members of a team sign in besides by password. */
export const SignInSettings = z
  .object({
    provider: SignInProvider.nullable(),
    redirectUri: z.string().meta({ description: 'To be registered at the provider.' }),
  })
  .meta({ id: 'SignInSettings' });
export type SignInSettings = z.infer<typeof SignInSettings>;

/** What a test of the settings found, step by step; it stops at the first that fails. */
export const SignInTest = z
  .object({
    steps: z.array(
      z.object({
        name: z.string(),
        result: z.enum(['ok', 'warning', 'failed', 'skipped']),
        message: z.string(),
      }),
    ),
    ok: z.boolean(),
  })
  .meta({ id: 'SignInTest' });
export type SignInTest = z.infer<typeof SignInTest>;

/** Where an account can come from besides its password. */
export const OwnIdentity = z
  .object({
    id: z.string(),
    issuer: z.string(),
    provider: z
      .string()
      .nullable()
      .meta({ description: 'As a team of theirs calls it; null: no team has it any more.' }),
    email: z.string().nullable(),
    lastSignInAt: Instant.nullable(),
  })
  .meta({ id: 'OwnIdentity' });
export type OwnIdentity = z.infer<typeof OwnIdentity>;

/** By which ways somebody gets into their account. */
export const OwnSignIn = z
  .object({
    password: z.enum(['usable', 'off', 'none']).meta({
      description: 'off: a team of theirs has turned passwords off · none: the account never had one.',
    }),
    identities: z.array(OwnIdentity),
    offered: z.array(OfferedProvider).meta({ description: 'Providers of their teams that can be linked.' }),
  })
  .meta({ id: 'OwnSignIn' });
export type OwnSignIn = z.infer<typeof OwnSignIn>;
