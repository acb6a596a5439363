import type { Kysely } from 'kysely';
import type { PortViewer } from '../../contract/portAccess.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { liveTokens, sessionLives, TOUCH_EVERY_MS, touchToken } from '../session/tokens.ts';
import { sha256Hex } from '../tokens.ts';
import type { ForwardedPort } from './lookup.ts';

/** The header in which scripts show an API token. `Authorization` belongs to the app behind the port. */
export const TOKEN_HEADER = 'culvert-token';

/** A credential that is good in itself; whom it lets in is for the decision. */
export type Credential = {
  kind: 'cookie' | 'api-token';
  tokenId: string;
  userId: string;
  /** API token: the one team it is good for. */
  teamId: string | null;
  /** Cookie: its port and the epoch it was given in. */
  portId: string;
  accessEpoch: number;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** The same: from then on it has to be looked up again even where nothing has changed. */
  goodUntil: number;
};

/** Live credentials of both kinds; port cookies only while the session lives in which they were given. */
const liveCredentials = (db: Kysely<Database>, clock: Clock) =>
  liveTokens(db, clock, 'port', 'api')
    .leftJoin('token as session', 'session.id', 'token.session_id')
    .where((eb) => eb.or([eb('token.kind', '=', 'api'), sessionLives(clock)]))
    .select([
      'token.id',
      'token.kind',
      'token.user_id',
      'token.team_id',
      'token.port_id',
      'token.access_epoch',
      'token.expires_at',
      'token.idle_expires_at',
      'token.last_used_at',
      'session.expires_at as session_expires_at',
      'session.idle_expires_at as session_idle_expires_at',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof liveCredentials>['execute']>>[number];

const toCredential = (row: Row): Credential => ({
  kind: row.kind === 'api' ? 'api-token' : 'cookie',
  tokenId: row.id,
  userId: row.user_id ?? '',
  teamId: row.team_id,
  portId: row.port_id ?? '',
  accessEpoch: row.access_epoch ?? 0,
  expiresAt: moment(row.expires_at),
  goodUntil: Math.min(
    ...[row.expires_at, row.idle_expires_at, row.session_expires_at, row.session_idle_expires_at].map(moment),
    // Its use has to be noted again then.
    row.kind === 'api' ? Date.parse(row.last_used_at ?? '1970-01-01') + TOUCH_EVERY_MS : Infinity,
  ),
});

const moment = (text: string | null): number => (text === null ? Infinity : Date.parse(text));

/** The API token with this text, or null where it isn’t good. Notes that it was used. */
export async function readApiToken(
  db: Kysely<Database>,
  clock: Clock,
  text: string,
): Promise<Credential | null> {
  const row = await liveCredentials(db, clock)
    .where('token.kind', '=', 'api')
    .where('token.hash', '=', await sha256Hex(text))
    .executeTakeFirst();
  if (row === undefined) return null;
  await touchToken(db, clock, row);
  return toCredential(row);
}

/** More than one value of the cookie is the work of another host; the right one is among the first, or it isn’t there. */
const VALUES_MAX = 4;

/** What the access cookie’s values are good for: the one of this port where it is there, else none. */
export async function readAccessCookie(
  db: Kysely<Database>,
  clock: Clock,
  values: readonly string[],
  portId: string,
): Promise<Credential | null> {
  if (values.length === 0) return null;
  const hashes = await Promise.all(values.slice(0, VALUES_MAX).map(sha256Hex));
  const row = await liveCredentials(db, clock)
    .where('token.kind', '=', 'port')
    .where('token.hash', 'in', hashes)
    .where('token.port_id', '=', portId)
    .executeTakeFirst();
  return row === undefined ? null : toCredential(row);
}

/** Those of these credentials that are still good, by the id of their token. */
export async function stillGood(
  db: Kysely<Database>,
  clock: Clock,
  tokenIds: readonly string[],
): Promise<Map<string, Credential>> {
  if (tokenIds.length === 0) return new Map();
  const rows = await liveCredentials(db, clock).where('token.id', 'in', tokenIds).execute();
  return new Map(rows.map((row) => [row.id, toCredential(row)]));
}

/**
 * How the decision sees whoever showed this (null: nothing) at this port (null: none). `member`: whether its user is in
 * the port’s team now.
 */
export function viewerAt(
  credential: Credential | null,
  port: ForwardedPort | null,
  member: boolean,
): PortViewer {
  if (credential === null) return { kind: 'anonymous' };
  const { userId, portId, accessEpoch, expiresAt } = credential;
  if (credential.kind === 'cookie') return { kind: 'cookie', userId, member, portId, accessEpoch, expiresAt };
  return { kind: 'api-token', userId, member: member && credential.teamId === port?.teamId };
}
