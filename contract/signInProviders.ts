import { z } from 'zod';
import { Instant, Ref } from './lists.ts';
import { displayName, Role } from './team.ts';
import { issuerUrl } from './pipelines/pipelines.ts';

/** A provider as the sign-in page offers it. */
export const OfferedProvider = z.object({ id: z.string(), name: z.string() }).meta({ id: 'OfferedProvider' });
export type OfferedProvider = z.infer<typeof OfferedProvider>;

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
  scopes: z.string().trim().max(300).default('openid email profile'),
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

/** `clientSecret` is needed once and kept where it is left out. */
export const SignInProviderSave = z
  .object({ ...settings, clientSecret: z.string().min(1, 'Enter the client secret.').max(1000).optional() })
  .meta({ id: 'SignInProviderSave' });
export type SignInProviderSave = z.infer<typeof SignInProviderSave>;

export const SignInProvider = z
  .object({
    id: z.string(),
    ...settings,
    redirectUri: z.string().meta({ description: 'To be registered at the provider.' }),
    revision: z.int(),
    updatedAt: Instant,
    updatedBy: Ref.nullable(),
  })
  .meta({ id: 'SignInProvider' });
export type SignInProvider = z.infer<typeof SignInProvider>;

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
    issuer: z.string(),
    provider: z.string().nullable(),
    email: z.string().nullable(),
    lastSignInAt: Instant.nullable(),
  })
  .meta({ id: 'OwnIdentity' });
export type OwnIdentity = z.infer<typeof OwnIdentity>;
