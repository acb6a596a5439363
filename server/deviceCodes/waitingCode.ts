import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { ProblemError } from '../http/problem.ts';
import { addressBuckets, countAttempt, takeAttemptBack } from '../session/attemptLimit.ts';
import { deviceLimits } from './limits.ts';
import { readUserCode } from './userCode.ts';

/** Codes that somebody may still decide upon. */
export const waitingCodes = (db: Kysely<Database>, now: number) =>
  db
    .selectFrom('device_code')
    .where('state', '=', 'waiting')
    .where('expires_at', '>', new Date(now).toISOString());

/**
 * The waiting code that somebody who is signed in typed; 404 where there is none. Guesses are limited per address and per
 * person: a right one would sign a stranger’s machine in as the one who guessed.
 */
export async function findWaitingCode(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  typed: string,
  by: { userId: string; remoteAddress: string | undefined },
) {
  const buckets = [
    { name: `device-guess-user:${by.userId}`, ...deviceLimits.guess },
    ...addressBuckets('device-guess', by.remoteAddress, deviceLimits.guess),
  ];
  await countAttempt(db, clock, buckets);
  const userCode = readUserCode(typed);
  const row =
    userCode === null
      ? undefined
      : await waitingCodes(db, clock.now()).selectAll().where('user_code', '=', userCode).executeTakeFirst();
  if (!row) throw noSuchCode();
  await takeAttemptBack(db, buckets);
  return row;
}

export const noSuchCode = () =>
  new ProblemError({
    status: 404,
    code: 'not_found',
    title:
      'No machine waits with this code. Codes are good for 15 minutes and for one answer: compare it with what the ' +
      'terminal shows, or run culvert login again.',
  });
