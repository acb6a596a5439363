import type { Kysely } from 'kysely';
import { ChangeReport } from '../../contract/agentProtocol.ts';
import { readJson } from '../db/json.ts';
import type { Database, TunnelTable } from '../db/schema.ts';
import { movedWorkspaces, type RolloutReplicaRow, type RolloutRow } from '../db/underWay.ts';

/** Everything that decides how a replica goes on in a rollout. Times are ISO texts of the server. */
export type ReplicaFacts = {
  row: RolloutReplicaRow;
  /** Null: it was removed. */
  replica: { online: boolean; since: string } | null;
  /** Whether its workspace is still connected to the VPN; with a move, to both, and still moving. */
  connected: boolean;
  /** What it last said of the tunnel that it tries; null: nothing yet. */
  report: {
    state: TunnelTable['state'];
    appliedRevision: number | null;
    change: ChangeReport | null;
    diagnosis: string | null;
  } | null;
};

/** The VPN whose tunnel is tried: with a move, the other one. */
export const triedVpnId = (rollout: Pick<RolloutRow, 'vpn_id' | 'to_vpn_id'>): string =>
  rollout.to_vpn_id ?? rollout.vpn_id;

/** Null: all of them. */
const takingPart = (rollout: RolloutRow): string[] | null =>
  rollout.kind === 'move' ? movedWorkspaces(rollout) : null;

/** The facts of those replicas of a rollout that are in this state, in their order: one query. */
export async function loadFacts(
  db: Kysely<Database>,
  rollout: RolloutRow,
  state: RolloutReplicaRow['state'],
): Promise<ReplicaFacts[]> {
  const tried = triedVpnId(rollout);
  const workspaceIds = takingPart(rollout);
  const rows = await db
    .selectFrom('rollout_replica')
    .leftJoin('replica', 'replica.id', 'rollout_replica.replica_id')
    .leftJoin('vpn_workspace as source', (join) =>
      join
        .onRef('source.workspace_id', '=', 'rollout_replica.workspace_id')
        .on('source.vpn_id', '=', rollout.vpn_id),
    )
    .leftJoin('vpn_workspace as target', (join) =>
      join.onRef('target.workspace_id', '=', 'rollout_replica.workspace_id').on('target.vpn_id', '=', tried),
    )
    .leftJoin('tunnel', (join) =>
      join.onRef('tunnel.replica_id', '=', 'rollout_replica.replica_id').on('tunnel.vpn_id', '=', tried),
    )
    .selectAll('rollout_replica')
    .select([
      'replica.connection',
      'replica.since as replicaSince',
      'source.vpn_id as sourceId',
      'target.vpn_id as targetId',
      'tunnel.state as tunnelState',
      'tunnel.applied_revision as appliedRevision',
      'tunnel.change',
      'tunnel.diagnosis as tunnelDiagnosis',
    ])
    .where('rollout_replica.rollout_id', '=', rollout.id)
    .where('rollout_replica.state', '=', state)
    .orderBy('rollout_replica.position')
    .execute();
  return rows.map(
    ({
      connection,
      replicaSince,
      sourceId,
      targetId,
      tunnelState,
      appliedRevision,
      change,
      tunnelDiagnosis,
      ...row
    }) => ({
      row,
      replica: replicaSince === null ? null : { online: connection !== null, since: replicaSince },
      connected: sourceId !== null && targetId !== null && workspaceIds?.includes(row.workspace_id) !== false,
      report:
        tunnelState === null
          ? null
          : {
              state: tunnelState,
              appliedRevision,
              change: change === null ? null : readJson(ChangeReport, change),
              diagnosis: tunnelDiagnosis,
            },
    }),
  );
}

/**
 * Waiting replicas whose turn it could be: connected to the server, and with `up` those whose tunnel is up. At most `limit`, in their order.
 */
export async function findEligible(
  db: Kysely<Database>,
  rollout: RolloutRow,
  { up, limit }: { up: boolean; limit: number },
): Promise<string[]> {
  const workspaceIds = takingPart(rollout);
  if (workspaceIds?.length === 0) return [];
  let query = db
    .selectFrom('rollout_replica')
    .innerJoin('replica', 'replica.id', 'rollout_replica.replica_id')
    .innerJoin('vpn_workspace as source', 'source.workspace_id', 'rollout_replica.workspace_id')
    .innerJoin('vpn_workspace as target', 'target.workspace_id', 'rollout_replica.workspace_id')
    .leftJoin('tunnel', (join) =>
      join
        .onRef('tunnel.replica_id', '=', 'rollout_replica.replica_id')
        .on('tunnel.vpn_id', '=', rollout.vpn_id),
    )
    .select('rollout_replica.replica_id as replicaId')
    .where('rollout_replica.rollout_id', '=', rollout.id)
    .where('rollout_replica.state', '=', 'waiting')
    .where('replica.connection', 'is not', null)
    .where('source.vpn_id', '=', rollout.vpn_id)
    .where('target.vpn_id', '=', triedVpnId(rollout))
    .orderBy('rollout_replica.position')
    .limit(limit);
  if (workspaceIds) query = query.where('rollout_replica.workspace_id', 'in', workspaceIds);
  if (up) query = query.where('tunnel.state', '=', 'up');
  const rows = await query.execute();
  return rows.map(({ replicaId }) => replicaId);
}

export type StateCounts = Record<RolloutReplicaRow['state'], number>;

export async function countStates(db: Kysely<Database>, rolloutId: string): Promise<StateCounts> {
  const rows = await db
    .selectFrom('rollout_replica')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('rollout_id', '=', rolloutId)
    .groupBy('state')
    .execute();
  const counts: StateCounts = { waiting: 0, trying: 0, changed: 0, 'went-back': 0, skipped: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
