import type { Selectable } from 'kysely';
import { DEVICE_CODE, type DeviceTokenCreated } from '../../contract/deviceCodes.ts';
import { recordActivity } from '../activity/record.ts';
import type { DeviceCodeTable } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { ProblemError } from '../http/problem.ts';
import { addressBuckets, countAttempt, takeAttemptBack } from '../session/attemptLimit.ts';
import { issueToken, liveTokens } from '../session/tokens.ts';
import { sha256Hex } from '../tokens.ts';
import { deviceLimits } from './limits.ts';

const TOKEN_DAYS = 90;
const DAY_MS = 86_400_000;

/** The network makes the time between two requests shorter at times; a client that keeps to the interval isn’t told off. */
const TOLERANCE_MS = 1000;

/** What a program that polls is told until it gets its token (RFC 8628, 3.5). */
const answers = {
  authorization_pending: 'Nobody has answered yet.',
  slow_down: `Nobody has answered yet. Ask every ${DEVICE_CODE.intervalSeconds} seconds.`,
  access_denied: 'The sign-in was refused in the browser.',
  expired_token: 'The code has expired or was used. Run culvert login again.',
} as const;

const pollAnswer = (code: keyof typeof answers) =>
  new ProblemError({ status: 400, code, title: answers[code] });

type DeviceCode = Selectable<DeviceCodeTable>;

/**
 * The API token for an allowed device code, once; 400 as RFC 8628 says until then. Whoever allowed it has to be in the team
 * still, and signed in: the session in which they did hasn't ended. Device codes have the entropy of a token, so `remoteAddress` is only to bound the work.
 */
export async function takeToken(
  deps: Pick<Deps, 'db' | 'clock' | 'bus'>,
  deviceCode: string,
  remoteAddress: string | undefined,
): Promise<DeviceTokenCreated> {
  const { db, clock, bus } = deps;
  const buckets = addressBuckets('device-poll', remoteAddress, deviceLimits.poll);
  await countAttempt(db, clock, buckets);
  const row = await db
    .selectFrom('device_code')
    .selectAll()
    .where('device_hash', '=', await sha256Hex(deviceCode))
    .executeTakeFirst();
  if (!row) throw pollAnswer('expired_token');
  await takeAttemptBack(db, buckets);

  const now = clock.now();
  if (Date.parse(row.expires_at) <= now || row.state === 'spent') throw pollAnswer('expired_token');
  if (row.state === 'denied') throw pollAnswer('access_denied');
  if (row.state === 'waiting') {
    await db
      .updateTable('device_code')
      .set({ last_asked_at: new Date(now).toISOString() })
      .where('id', '=', row.id)
      .execute();
    throw pollAnswer(askedTooSoon(row, now) ? 'slow_down' : 'authorization_pending');
  }
  const created = await makeToken(deps, row);
  bus.publish(created.team.id, ['team', 'activity']);
  return created;
}

function askedTooSoon(row: DeviceCode, now: number): boolean {
  const interval = DEVICE_CODE.intervalSeconds * 1000 - TOLERANCE_MS;
  return row.last_asked_at !== null && now - Date.parse(row.last_asked_at) < interval;
}

/** Spends the code and makes the token in one transaction: of two requests at once, one gets it. */
async function makeToken(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  row: DeviceCode,
): Promise<DeviceTokenCreated> {
  const made = await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('device_code')
      .set({ state: 'spent' })
      .where('id', '=', row.id)
      .where('state', '=', 'allowed')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return 'expired_token';
    const found = await trx
      .selectFrom('member')
      .innerJoin('team', 'team.id', 'member.team_id')
      .innerJoin('user', 'user.id', 'member.user_id')
      .select(['team.id as teamId', 'team.name as teamName', 'user.id as userId', 'user.name as userName'])
      .where('member.team_id', '=', row.team_id)
      .where('member.user_id', '=', row.user_id)
      .executeTakeFirst();
    if (!found) return 'access_denied';
    const session = await liveTokens(trx, clock, 'session')
      .select('token.id')
      .where('token.id', '=', row.session_id)
      .executeTakeFirst();
    if (!session) return 'expired_token';
    const { id, text, expiresAt } = await issueToken(trx, clock, {
      kind: 'api',
      userId: found.userId,
      teamId: found.teamId,
      name: row.client_name,
      createdBy: found.userId,
      madeBy: 'device',
      lifetimeMs: TOKEN_DAYS * DAY_MS,
    });
    await recordActivity(trx, {
      teamId: found.teamId,
      now: clock.now(),
      actor: { kind: 'user', id: found.userId, name: found.userName },
      action: 'api-token.created',
      subject: { kind: 'api-token', id, name: row.client_name },
      summary: `Signed ${row.client_name} in by a code, for ${TOKEN_DAYS} days.`,
    });
    return {
      token: text,
      expiresAt: expiresAt ?? '',
      team: { id: found.teamId, name: found.teamName },
      user: { id: found.userId, name: found.userName },
    };
  });
  if (typeof made === 'string') throw pollAnswer(made);
  return made;
}
