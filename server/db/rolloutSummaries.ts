import type { Kysely } from 'kysely';
import type { RolloutSummary } from '../../contract/rollouts.ts';
import type { Database } from './schema.ts';

/** The changes and moves that are under way, by the id of the VPN that they change or lead away from. */
export async function summarizeRollouts(
  db: Kysely<Database>,
  vpnIds: readonly string[],
): Promise<Map<string, RolloutSummary>> {
  if (vpnIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('rollout')
    .leftJoin('rollout_replica', 'rollout_replica.rollout_id', 'rollout.id')
    .where('rollout.vpn_id', 'in', vpnIds)
    .where('rollout.state', 'in', ['running', 'paused'])
    .groupBy(['rollout.id', 'rollout.vpn_id', 'rollout.kind', 'rollout.state'])
    .select((eb) => [
      'rollout.id',
      'rollout.vpn_id',
      'rollout.kind',
      'rollout.state',
      eb.fn.count<number>('rollout_replica.replica_id').as('replicas'),
      eb.fn
        .count<number>('rollout_replica.replica_id')
        .filterWhere('rollout_replica.state', '=', 'changed')
        .as('changed'),
    ])
    .execute();
  return new Map(
    rows.map(({ vpn_id, id, kind, state, changed, replicas }) => [
      vpn_id,
      { id, kind, state, changed, replicas },
    ]),
  );
}
