import type { Kysely } from 'kysely';
import type { VerificationResult } from '../../contract/verifications.ts';
import type { ProbeOutcome } from '../agents/hub.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';

/** Milliseconds that a replica has for its ping or connect. */
const PROBE_MS = 5_000;

export type RunningVerification = {
  id: string;
  teamId: string;
  vpnId: string;
  address: string;
  port: number | null;
  replicaIds: readonly string[];
};

/**
 * Has every replica try, and stores each answer as it arrives. Resolves when the last is stored; never rejects: an answer
 * that can't be stored is shown as one that didn't come.
 */
export async function runVerification(deps: Deps, verification: RunningVerification): Promise<void> {
  const { db, hub, bus, clock, log } = deps;
  const { id, teamId, vpnId, address, port, replicaIds } = verification;
  await Promise.all(
    replicaIds.map(async (replicaId) => {
      try {
        const outcome = await hub.verify(replicaId, { id, vpnId, address, port, timeoutMs: PROBE_MS });
        await storeOutcome(db, id, replicaId, outcome, new Date(clock.now()).toISOString());
        bus.publish(teamId, [`verification:${id}`]);
      } catch (error) {
        log.error(
          { err: error, verification: id, replica: replicaId },
          'Could not store a verification’s result',
        );
      }
    }),
  );
  // The VPN's list of verifications says how they ended.
  bus.publish(teamId, [`vpn:${vpnId}`]);
}

async function storeOutcome(
  db: Kysely<Database>,
  verificationId: string,
  replicaId: string,
  { state, code, message, roundTripMs }: ProbeOutcome,
  now: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('verification_result')
      .set({ state, code, message, round_trip_ms: roundTripMs, at: now })
      .where('verification_id', '=', verificationId)
      .where('replica_id', '=', replicaId)
      .execute();
    await trx
      .updateTable('verification')
      .set({ finished_at: now })
      .where('id', '=', verificationId)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('verification_result')
              .select('replica_id')
              .where('verification_id', '=', verificationId)
              .where('state', '=', 'running' satisfies VerificationResult['state']),
          ),
        ),
      )
      .execute();
  });
}
