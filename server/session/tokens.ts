import { expressionBuilder, type Kysely } from 'kysely';
import type { Clock } from '../deps.ts';
import type { Database, TokenKind } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { newToken, sha256Hex } from '../tokens.ts';

/** How coarsely “last used” is kept: writing it on each request would make every read a write. */
export const TOUCH_EVERY_MS = 60_000;

export type TokenGrant = {
  kind: TokenKind;
  /** The user it acts for; null for invitations, setup and join tokens. */
  userId?: string | null;
  teamId?: string | null;
  workspaceId?: string | null;
  name?: string;
  role?: 'admin' | 'member' | null;
  email?: string | null;
  createdBy?: string | null;
  /** Kinds `port` and `port_code`: see TokenTable. */
  portId?: string;
  accessEpoch?: number;
  sessionId?: string;
  challenge?: string;
  /** Kind `gateway`: see TokenTable. */
  vpnId?: string;
  gatewayKind?: string;
  gatewayPool?: string;
  /** Kind `pipeline`: see TokenTable. */
  scope?: string;
  trustRuleId?: string;
  /** Join tokens: see TokenTable. */
  ephemeral?: boolean;
  /** API tokens: see TokenTable. */
  madeBy?: 'hand' | 'device';
  /** Milliseconds without use after which it is dead; left out: no idle limit. */
  idleMs?: number;
  /** Milliseconds after which it is dead in any case; null: never. */
  lifetimeMs: number | null;
};

const iso = (ms: number) => new Date(ms).toISOString();

/** Writes a token and returns its id and its text, which can’t be had again. `text` is for automation’s own value. */
export async function issueToken(
  db: Kysely<Database>,
  clock: Clock,
  grant: TokenGrant,
  text = newToken(grant.kind),
): Promise<{ id: string; text: string; expiresAt: string | null }> {
  const now = clock.now();
  const id = newId('tok');
  const expiresAt = grant.lifetimeMs === null ? null : iso(now + grant.lifetimeMs);
  await db
    .insertInto('token')
    .values({
      id,
      kind: grant.kind,
      hash: await sha256Hex(text),
      user_id: grant.userId ?? null,
      team_id: grant.teamId ?? null,
      workspace_id: grant.workspaceId ?? null,
      name: grant.name ?? '',
      role: grant.role ?? null,
      email: grant.email ?? null,
      created_by: grant.createdBy ?? null,
      created_at: iso(now),
      last_used_at: null,
      idle_expires_at: grant.idleMs === undefined ? null : iso(now + grant.idleMs),
      expires_at: expiresAt,
      revoked_at: null,
      replaced_by: null,
      sealed: null,
      port_id: grant.portId ?? null,
      access_epoch: grant.accessEpoch ?? null,
      session_id: grant.sessionId ?? null,
      challenge: grant.challenge ?? null,
      vpn_id: grant.vpnId ?? null,
      gateway_kind: grant.gatewayKind ?? null,
      gateway_pool: grant.gatewayPool ?? null,
      scope: grant.scope ?? null,
      trust_rule_id: grant.trustRuleId ?? null,
      ephemeral: grant.ephemeral === true ? 1 : 0,
      made_by: grant.madeBy ?? 'hand',
    })
    .execute();
  return { id, text, expiresAt };
}

/** Tokens of these kinds that let somebody in now: not revoked, neither idle nor absolute expiry passed. */
export function liveTokens(db: Kysely<Database>, clock: Clock, ...kinds: TokenKind[]) {
  const now = iso(clock.now());
  return db
    .selectFrom('token')
    .where('token.kind', 'in', kinds)
    .where('token.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('token.expires_at', 'is', null), eb('token.expires_at', '>', now)]))
    .where((eb) => eb.or([eb('token.idle_expires_at', 'is', null), eb('token.idle_expires_at', '>', now)]));
}

/** A condition on a token that came from a session: that this session still lets somebody in. */
export function sessionLives(clock: Clock) {
  const now = iso(clock.now());
  const eb = expressionBuilder<Database, 'token'>();
  return eb.exists(
    eb
      .selectFrom('token as session')
      .select('session.id')
      .whereRef('session.id', '=', 'token.session_id')
      .where('session.kind', '=', 'session')
      .where('session.revoked_at', 'is', null)
      .where('session.expires_at', '>', now)
      .where((or) =>
        or.or([or('session.idle_expires_at', 'is', null), or('session.idle_expires_at', '>', now)]),
      ),
  );
}

/** The live token of this kind with this text. */
export async function findLiveToken(db: Kysely<Database>, clock: Clock, kind: TokenKind, text: string) {
  return await liveTokens(db, clock, kind)
    .selectAll()
    .where('token.hash', '=', await sha256Hex(text))
    .executeTakeFirst();
}

/** Moves “last used” and the idle expiry forward, at most once a minute. Returns whether it wrote. */
export async function touchToken(
  db: Kysely<Database>,
  clock: Clock,
  token: { id: string; last_used_at: string | null },
  idleMs?: number,
): Promise<boolean> {
  const now = clock.now();
  if (token.last_used_at !== null && now - Date.parse(token.last_used_at) < TOUCH_EVERY_MS) return false;
  await db
    .updateTable('token')
    .set({
      last_used_at: iso(now),
      ...(idleMs === undefined ? {} : { idle_expires_at: iso(now + idleMs) }),
    })
    .where('id', '=', token.id)
    .execute();
  return true;
}

/**
 * Spends a single-use token inside the transaction that uses it. False when somebody else was faster: of two requests
 * at once, one update finds the row unrevoked.
 */
export async function spendToken(trx: Kysely<Database>, clock: Clock, id: string): Promise<boolean> {
  const result = await trx
    .updateTable('token')
    .set({ revoked_at: iso(clock.now()) })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Revokes the live tokens of these kinds that the added conditions pick: `revokeTokens(trx, clock, 'api').where(…)`. */
export const revokeTokens = (db: Kysely<Database>, clock: Clock, ...kinds: TokenKind[]) =>
  db
    .updateTable('token')
    .set({ revoked_at: iso(clock.now()) })
    .where('kind', 'in', kinds)
    .where('revoked_at', 'is', null);
