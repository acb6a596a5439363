import type { Kysely } from 'kysely';
import type { Database, TokenKind } from '../db/schema.ts';
import type { Clock, Deps, ServerSettings } from '../deps.ts';
import { ProblemError } from '../http/problem.ts';
import { findLiveToken, issueToken, revokeTokens, spendToken, type TokenGrant } from './tokens.ts';

type LinkKind = Extract<TokenKind, 'setup' | 'invitation' | 'reset'>;

const HOUR_MS = 3_600_000;

/** How long a link is good for, in milliseconds. */
export const LINK_LIFETIME_MS: Record<LinkKind, number> = {
  setup: 24 * HOUR_MS,
  invitation: 7 * 24 * HOUR_MS,
  reset: 24 * HOUR_MS,
};

const pages: Record<LinkKind, string> = {
  setup: '/setup',
  invitation: '/invitation',
  reset: '/reset-password',
};

const nextStep: Record<LinkKind, string> = {
  setup: 'Start the server again: it prints a new one as long as nobody has set it up.',
  invitation: 'Ask an admin of the team for a new one.',
  reset: 'Ask an admin of your team for a new one.',
};

/** The link’s token sits in the fragment, which browsers send to nobody: it reaches no log and no Referer. */
export async function issueLink(
  { clock, settings }: { clock: Clock; settings: Pick<ServerSettings, 'publicUrl'> },
  trx: Kysely<Database>,
  kind: LinkKind,
  grant: Omit<TokenGrant, 'kind' | 'lifetimeMs' | 'idleMs'> = {},
): Promise<{ id: string; url: string; expiresAt: string }> {
  const lifetimeMs = LINK_LIFETIME_MS[kind];
  const { id, text } = await issueToken(trx, clock, { ...grant, kind, lifetimeMs });
  const expiresAt = new Date(clock.now() + lifetimeMs).toISOString();
  return { id, url: `${settings.publicUrl}${pages[kind]}#${text}`, expiresAt };
}

const invalidLink = (kind: LinkKind) =>
  new ProblemError({
    status: 404,
    code: 'link_invalid',
    title: `This link has been used, has expired or was never valid. ${nextStep[kind]}`,
  });

/** The live token of a link, without spending it; 404 with what to do next for any other text. */
export async function openLink(
  { clock }: Pick<Deps, 'clock'>,
  db: Kysely<Database>,
  kind: LinkKind,
  text: string,
) {
  const token = await findLiveToken(db, clock, kind, text);
  if (!token) throw invalidLink(kind);
  return token;
}

/** Spends a link inside the transaction that does what it is for. Of two requests at once one gets 404. */
export async function spendLink(
  { clock }: Pick<Deps, 'clock'>,
  trx: Kysely<Database>,
  kind: LinkKind,
  text: string,
) {
  const token = await openLink({ clock }, trx, kind, text);
  if (!(await spendToken(trx, clock, token.id))) throw invalidLink(kind);
  return token;
}

/**
 * Ends the links that reset this person’s password: when they set one by themselves, and when they join or leave a team,
 * since an admin may make such a link only for somebody all of whose teams they administer.
 */
export async function revokeResetLinksFor(
  trx: Kysely<Database>,
  clock: Clock,
  userId: string,
): Promise<void> {
  await revokeTokens(trx, clock, 'reset').where('user_id', '=', userId).execute();
}
