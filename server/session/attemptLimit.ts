import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { ProblemError } from '../http/problem.ts';
import { networkOf } from './clientAddress.ts';

/**
 * What attempts are counted in. After `free` of them each further one doubles the wait, up to `longestMs`. Nobody is ever
 * locked out: the wait ends by itself and what is tried meanwhile doesn’t prolong it.
 */
export type Bucket = { name: string; free: number; longestMs: number };

/** Attempts are forgotten after this long without another. */
const FORGET_MS = 15 * 60_000;

/** Milliseconds to wait after the n-th attempt in a row. */
export function waitAfter({ free, longestMs }: Omit<Bucket, 'name'>, attempts: number): number {
  if (attempts < free) return 0;
  return Math.min(longestMs, 1000 * 2 ** Math.min(attempts - free, 10));
}

/** Where attempts of one kind from this address count; none where the host knows no address (tests, the mock). */
export const addressBuckets = (
  kind: string,
  remoteAddress: string | undefined,
  rule: Omit<Bucket, 'name'>,
): Bucket[] =>
  remoteAddress === undefined ? [] : [{ name: `${kind}:${networkOf(remoteAddress)}`, ...rule }];

/**
 * Counts an attempt before what it brings is looked at, so that many at once can’t slip through together; 429 with
 * Retry-After where it has to wait.
 */
export async function countAttempt(
  db: Kysely<Database>,
  clock: Clock,
  buckets: readonly Bucket[],
): Promise<void> {
  if (buckets.length === 0) return;
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    await forgetOld(trx, now);
    const names = buckets.map(({ name }) => name);
    const rows = await trx.selectFrom('sign_in_limit').selectAll().where('bucket', 'in', names).execute();
    const blockedUntil = Math.max(0, ...rows.map((row) => Date.parse(row.blocked_until ?? '1970-01-01')));
    if (blockedUntil > now) throw tooMany(blockedUntil - now);
    for (const bucket of buckets) {
      const attempts = (rows.find((row) => row.bucket === bucket.name)?.failures ?? 0) + 1;
      await writeAttempts(trx, bucket.name, attempts, now, waitAfter(bucket, attempts));
    }
  });
}

/** Takes one attempt back: it turned out to be good. */
export async function takeAttemptBack(db: Kysely<Database>, buckets: readonly Bucket[]): Promise<void> {
  for (const { name } of buckets) {
    await db
      .updateTable('sign_in_limit')
      .set((eb) => ({ failures: eb('failures', '-', 1), blocked_until: null }))
      .where('bucket', '=', name)
      .execute();
  }
}

/** Forgets all attempts that were counted there. */
export async function forgetAttempts(db: Kysely<Database>, buckets: readonly Bucket[]): Promise<void> {
  for (const { name } of buckets) {
    await db.deleteFrom('sign_in_limit').where('bucket', '=', name).execute();
  }
}

const forgetOld = (trx: Kysely<Database>, now: number) =>
  trx
    .deleteFrom('sign_in_limit')
    .where('last_failed_at', '<', new Date(now - FORGET_MS).toISOString())
    .execute();

async function writeAttempts(
  trx: Kysely<Database>,
  bucket: string,
  attempts: number,
  now: number,
  wait: number,
) {
  const values = {
    failures: attempts,
    last_failed_at: new Date(now).toISOString(),
    blocked_until: wait === 0 ? null : new Date(now + wait).toISOString(),
  };
  await trx
    .insertInto('sign_in_limit')
    .values({ bucket, ...values })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet(values))
    .execute();
}

function tooMany(waitMs: number): ProblemError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ProblemError({
    status: 429,
    code: 'too_many_attempts',
    title: `Too many attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    headers: { 'retry-after': String(seconds) },
  });
}
