import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { ProblemError } from '../http/problem.ts';
import { sha256Hex } from '../tokens.ts';
import { networkOf } from './clientAddress.ts';

/**
 * After `free` failures each further one doubles the wait, up to `longestMs`. Nobody is ever locked out: the wait ends by
 * itself and what is tried meanwhile doesn’t prolong it. An address may stand for a whole office, hence its larger number.
 */
const RULES = {
  account: { free: 5, longestMs: 30_000 },
  address: { free: 30, longestMs: 60_000 },
} as const;

/** Failures are forgotten after this long without another. */
const FORGET_MS = 15 * 60_000;

type BucketKind = keyof typeof RULES;
type Bucket = { kind: BucketKind; name: string };

/** The buckets an attempt counts in. E-mails are hashed: people type passwords into the wrong field. */
async function bucketsOf(email: string, remoteAddress: string | undefined): Promise<Bucket[]> {
  const account: Bucket = { kind: 'account', name: `account:${await sha256Hex(email)}` };
  if (remoteAddress === undefined) return [account];
  return [account, { kind: 'address', name: `address:${networkOf(remoteAddress)}` }];
}

/** Milliseconds to wait after the n-th failure in a row. */
export function waitAfter(kind: BucketKind, failures: number): number {
  const { free, longestMs } = RULES[kind];
  if (failures < free) return 0;
  return Math.min(longestMs, 1000 * 2 ** Math.min(failures - free, 10));
}

/**
 * Counts an attempt as failed before the password is looked at, so that many at once can’t slip through together; 429
 * with Retry-After where it has to wait. `succeeded` takes the attempt back and forgets the account’s failures.
 */
export async function countAttempt(
  db: Kysely<Database>,
  clock: Clock,
  attempt: { email: string; remoteAddress: string | undefined },
): Promise<{ succeeded: () => Promise<void> }> {
  const buckets = await bucketsOf(attempt.email, attempt.remoteAddress);
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    await forgetOld(trx, now);
    const names = buckets.map(({ name }) => name);
    const rows = await trx.selectFrom('sign_in_limit').selectAll().where('bucket', 'in', names).execute();
    const blockedUntil = Math.max(0, ...rows.map((row) => Date.parse(row.blocked_until ?? '1970-01-01')));
    if (blockedUntil > now) throw tooMany(blockedUntil - now);
    for (const { kind, name } of buckets) {
      const failures = (rows.find((row) => row.bucket === name)?.failures ?? 0) + 1;
      await writeFailures(trx, name, failures, now, waitAfter(kind, failures));
    }
  });

  return {
    succeeded: async () => {
      for (const { kind, name } of buckets) {
        if (kind === 'account') await db.deleteFrom('sign_in_limit').where('bucket', '=', name).execute();
        else await takeBack(db, name);
      }
    },
  };
}

const forgetOld = (trx: Kysely<Database>, now: number) =>
  trx
    .deleteFrom('sign_in_limit')
    .where('last_failed_at', '<', new Date(now - FORGET_MS).toISOString())
    .execute();

async function writeFailures(
  trx: Kysely<Database>,
  bucket: string,
  failures: number,
  now: number,
  wait: number,
) {
  const values = {
    failures,
    last_failed_at: new Date(now).toISOString(),
    blocked_until: wait === 0 ? null : new Date(now + wait).toISOString(),
  };
  await trx
    .insertInto('sign_in_limit')
    .values({ bucket, ...values })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet(values))
    .execute();
}

/** A success takes back only itself: an attacker with one account can’t wipe an address clean by signing in to it. */
const takeBack = (db: Kysely<Database>, bucket: string) =>
  db
    .updateTable('sign_in_limit')
    .set((eb) => ({ failures: eb('failures', '-', 1), blocked_until: null }))
    .where('bucket', '=', bucket)
    .execute();

function tooMany(waitMs: number): ProblemError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ProblemError({
    status: 429,
    code: 'too_many_attempts',
    title: `Too many attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    headers: { 'retry-after': String(seconds) },
  });
}
