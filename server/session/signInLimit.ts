import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { sha256Hex } from '../tokens.ts';
import { addressBuckets, countAttempt, forgetAttempts, takeAttemptBack } from './attemptLimit.ts';

/** An address may stand for a whole office, hence its larger number. */
export const signInRules = {
  account: { free: 5, longestMs: 30_000 },
  address: { free: 30, longestMs: 60_000 },
} as const;

/**
 * Counts a sign-in as failed before the password is looked at; 429 where it has to wait. `succeeded` takes the attempt back
 * and forgets the account’s failures. E-mails are hashed: people type passwords into the wrong field.
 */
export async function countSignIn(
  db: Kysely<Database>,
  clock: Clock,
  attempt: { email: string; remoteAddress: string | undefined },
): Promise<{ succeeded: () => Promise<void> }> {
  const ofAccount = [{ name: `account:${await sha256Hex(attempt.email)}`, ...signInRules.account }];
  const ofAddress = addressBuckets('address', attempt.remoteAddress, signInRules.address);
  await countAttempt(db, clock, [...ofAccount, ...ofAddress]);
  return {
    succeeded: async () => {
      await forgetAttempts(db, ofAccount);
      // A success takes back only itself: an attacker with one account can’t wipe an address clean by signing in to it.
      await takeAttemptBack(db, ofAddress);
    },
  };
}
