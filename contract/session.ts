import { z } from 'zod';
import { Instant, Ref } from './lists.ts';
import { displayName, emailAddress, Role } from './team.ts';

/** NIST SP 800-63B: length, no composition rules; common passwords are refused by the server (`password_common`). */
export const newPassword = z
  .string()
  .min(12, 'Use at least 12 characters.')
  .max(256, 'Use at most 256 characters.');

export const Session = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
    teams: z.array(z.object({ id: z.string(), name: z.string(), role: Role })),
    setup: z.enum(['needed', 'done']),
    expiresAt: Instant.nullable(),
    server: z.object({
      version: z.string(),
      publicUrl: z.string(),
      allowPrivatePeers: z.boolean(),
      portsDomain: z.string().nullable().meta({
        description: 'Forwarded ports are hosts below this domain; null: this server forwards none.',
      }),
    }),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const SignIn = z
  .object({ email: emailAddress, password: z.string().min(1, 'Enter your password.').max(256) })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof SignIn>;

export const Setup = z
  .object({
    token: z.string().max(200),
    teamName: displayName,
    name: displayName,
    email: emailAddress,
    password: newPassword,
  })
  .meta({ id: 'Setup' });
export type Setup = z.infer<typeof Setup>;

export const LinkToken = z.object({ token: z.string().max(200) }).meta({ id: 'LinkToken' });

/** What an invitation link offers; looking doesn’t spend it. */
export const InvitationOffer = z
  .object({
    team: z.string(),
    role: Role,
    email: z.string().nullable(),
    invitedBy: z.string().nullable(),
    expiresAt: Instant,
    provider: Ref.nullable().meta({ description: 'By which it can be accepted, without a password.' }),
    passwordSignIn: z.boolean().meta({ description: 'false: by the provider only.' }),
  })
  .meta({ id: 'InvitationOffer' });
export type InvitationOffer = z.infer<typeof InvitationOffer>;

/** `account` is left out by somebody who is signed in already. */
export const InvitationAccept = z
  .object({
    token: z.string().max(200),
    account: z.object({ name: displayName, email: emailAddress, password: newPassword }).optional(),
  })
  .meta({ id: 'InvitationAccept' });
export type InvitationAccept = z.infer<typeof InvitationAccept>;

export const ProfileChange = z.object({ name: displayName }).meta({ id: 'ProfileChange' });
export type ProfileChange = z.infer<typeof ProfileChange>;

export const PasswordChange = z
  .object({ currentPassword: z.string().min(1, 'Enter your current password.').max(256), newPassword })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof PasswordChange>;

export const PasswordReset = z
  .object({ token: z.string().max(200), newPassword })
  .meta({ id: 'PasswordReset' });

export const SignedInBrowser = z
  .object({
    id: z.string(),
    browser: z.string().meta({ description: 'From the User-Agent, such as “Chrome on Linux”.' }),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    expiresAt: Instant,
    current: z.boolean(),
  })
  .meta({ id: 'SignedInBrowser' });
export type SignedInBrowser = z.infer<typeof SignedInBrowser>;
