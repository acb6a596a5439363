import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { RolloutReplicaRow } from '../db/underWay.ts';

/** Rows of one statement: 12 parameters each, below SQLite's 32,766. */
const ROWS = 500;

/** Writes new rows of a rollout's replicas. */
export async function insertReplicas(
  trx: Kysely<Database>,
  rows: readonly RolloutReplicaRow[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS) {
    await trx
      .insertInto('rollout_replica')
      .values(rows.slice(at, at + ROWS))
      .execute();
  }
}

export type Transition = {
  row: RolloutReplicaRow;
  to: Pick<RolloutReplicaRow, 'state' | 'reason' | 'diagnosis'>;
};

/**
 * Brings replicas from the state they were seen in to another one. Those that another server has brought on meanwhile are
 * left alone.
 */
export async function bringOn(
  trx: Kysely<Database>,
  transitions: readonly Transition[],
  now: string,
): Promise<void> {
  for (const [from, group] of Map.groupBy(transitions, ({ row }) => row.state)) {
    for (let at = 0; at < group.length; at += ROWS) {
      await trx
        .insertInto('rollout_replica')
        .values(group.slice(at, at + ROWS).map(({ row, to }) => ({ ...row, ...to, since: now })))
        .onConflict((conflict) =>
          conflict
            .columns(['rollout_id', 'replica_id'])
            .doUpdateSet((eb) => ({
              state: eb.ref('excluded.state'),
              since: eb.ref('excluded.since'),
              reason: eb.ref('excluded.reason'),
              diagnosis: eb.ref('excluded.diagnosis'),
            }))
            .where('rollout_replica.state', '=', from),
        )
        .execute();
    }
  }
}

/** Has waiting replicas try the VPN’s `revision`.. */
export async function beginToTry(
  trx: Kysely<Database>,
  rolloutId: string,
  replicaIds: readonly string[],
  { revision, now }: { revision: number; now: string },
): Promise<void> {
  for (let at = 0; at < replicaIds.length; at += ROWS) {
    await trx
      .updateTable('rollout_replica')
      .set({ state: 'trying', since: now, revision, reason: null, diagnosis: null })
      .where('rollout_id', '=', rolloutId)
      .where('replica_id', 'in', replicaIds.slice(at, at + ROWS))
      .where('state', '=', 'waiting')
      .execute();
  }
}
