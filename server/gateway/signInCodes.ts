import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { issueToken, liveTokens, sessionLives, spendToken } from '../session/tokens.ts';
import { sha256Hex } from '../tokens.ts';
import type { ForwardedPort } from './lookup.ts';

/** Milliseconds between the dashboard and the port’s host: one redirect. */
const CODE_MS = 60_000;

/** What a code stands for: somebody’s session, let in to one port, in the browser that holds the nonce. */
export type SignInCode = {
  userId: string;
  sessionId: string;
  portId: string;
  accessEpoch: number;
  challenge: string;
};

/** Makes the single-use code that the port’s host swaps for its cookie. */
export async function issueCode(
  db: Kysely<Database>,
  clock: Clock,
  port: ForwardedPort,
  { userId, sessionId, challenge }: { userId: string; sessionId: string; challenge: string },
): Promise<string> {
  const { text } = await issueToken(db, clock, {
    kind: 'port_code',
    userId,
    portId: port.id,
    accessEpoch: port.accessEpoch,
    sessionId,
    challenge,
    lifetimeMs: CODE_MS,
  });
  return text;
}

/** Spends the code; null where it is none, or was spent, or its minute or its session is over. */
export async function spendCode(
  db: Kysely<Database>,
  clock: Clock,
  text: string,
): Promise<SignInCode | null> {
  const row = await liveTokens(db, clock, 'port_code')
    .select(['id', 'user_id', 'session_id', 'port_id', 'access_epoch', 'challenge'])
    .where('hash', '=', await sha256Hex(text))
    .where(sessionLives(clock))
    .executeTakeFirst();
  if (row === undefined || !(await spendToken(db, clock, row.id))) return null;
  return {
    userId: row.user_id ?? '',
    sessionId: row.session_id ?? '',
    portId: row.port_id ?? '',
    accessEpoch: row.access_epoch ?? 0,
    challenge: row.challenge ?? '',
  };
}
