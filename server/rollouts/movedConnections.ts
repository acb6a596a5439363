import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { movedWorkspaces, type RolloutRow } from '../db/underWay.ts';

type Move = Pick<RolloutRow, 'vpn_id' | 'to_vpn_id' | 'workspaces'>;

/** Workspaces of the list that are connected to a VPN. */
async function connected(
  trx: Kysely<Database>,
  vpnId: string,
  workspaceIds: readonly string[],
): Promise<string[]> {
  if (workspaceIds.length === 0) return [];
  const rows = await trx
    .selectFrom('vpn_workspace')
    .select('workspace_id')
    .where('vpn_id', '=', vpnId)
    .where('workspace_id', 'in', workspaceIds)
    .execute();
  return rows.map((row) => row.workspace_id);
}

/** Connects workspaces to a VPN that aren't yet. */
async function connect(
  trx: Kysely<Database>,
  vpnId: string,
  workspaceIds: readonly string[],
  by: { now: string; userId: string | null },
): Promise<void> {
  if (workspaceIds.length === 0) return;
  await trx
    .insertInto('vpn_workspace')
    .values(
      workspaceIds.map((workspace_id) => ({
        vpn_id: vpnId,
        workspace_id,
        connected_at: by.now,
        connected_by: by.userId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What the replicas reported goes with it: connected again, the tunnels start anew. */
async function disconnect(
  trx: Kysely<Database>,
  vpnId: string,
  workspaceIds: readonly string[],
): Promise<void> {
  if (workspaceIds.length === 0) return;
  await trx
    .deleteFrom('vpn_workspace')
    .where('vpn_id', '=', vpnId)
    .where('workspace_id', 'in', workspaceIds)
    .execute();
  await trx
    .deleteFrom('tunnel')
    .where('vpn_id', '=', vpnId)
    .where('replica_id', 'in', (eb) =>
      eb.selectFrom('replica').select('replica.id').where('replica.workspace_id', 'in', workspaceIds),
    )
    .execute();
}

/** A move begins: its workspaces are connected to both VPNs until it is over. */
export async function connectTarget(
  trx: Kysely<Database>,
  rollout: Move,
  by: { now: string; userId: string | null },
): Promise<void> {
  if (rollout.to_vpn_id !== null) await connect(trx, rollout.to_vpn_id, movedWorkspaces(rollout), by);
}

/** These workspaces have moved: they leave the first VPN. Not those that aren’t connected to the other one. */
export async function dropSource(
  trx: Kysely<Database>,
  rollout: Move,
  workspaceIds: readonly string[],
): Promise<void> {
  if (rollout.to_vpn_id === null) return;
  await disconnect(trx, rollout.vpn_id, await connected(trx, rollout.to_vpn_id, workspaceIds));
}

/** A move is taken back: its workspaces leave the other VPN, and those that had left the first one are connected again. */
export async function dropTarget(
  trx: Kysely<Database>,
  rollout: Move & Pick<RolloutRow, 'started_by'>,
  now: string,
): Promise<void> {
  if (rollout.to_vpn_id === null) return;
  const there = await connected(trx, rollout.to_vpn_id, movedWorkspaces(rollout));
  await connect(trx, rollout.vpn_id, there, { now, userId: rollout.started_by });
  await disconnect(trx, rollout.to_vpn_id, there);
}

/** Workspaces of a move connected to both VPNs whose replicas are all through, one of them by trying: none waits, tries or went back. */
export async function findMoved(
  trx: Kysely<Database>,
  rollout: Move & Pick<RolloutRow, 'id'>,
): Promise<string[]> {
  const workspaceIds = movedWorkspaces(rollout);
  if (workspaceIds.length === 0) return [];
  const rows = await trx
    .selectFrom('rollout_replica')
    .innerJoin('vpn_workspace as source', 'source.workspace_id', 'rollout_replica.workspace_id')
    .innerJoin('vpn_workspace as target', 'target.workspace_id', 'rollout_replica.workspace_id')
    .select('rollout_replica.workspace_id')
    .where('rollout_replica.rollout_id', '=', rollout.id)
    .where('rollout_replica.workspace_id', 'in', workspaceIds)
    .where('source.vpn_id', '=', rollout.vpn_id)
    .where('target.vpn_id', '=', rollout.to_vpn_id)
    .groupBy('rollout_replica.workspace_id')
    .having(
      (eb) => eb.fn.count('rollout_replica.replica_id').filterWhere('rollout_replica.state', '=', 'changed'),
      '>',
      0,
    )
    .having(
      (eb) =>
        eb.fn
          .count('rollout_replica.replica_id')
          .filterWhere('rollout_replica.state', 'in', ['waiting', 'trying', 'went-back']),
      '=',
      0,
    )
    .execute();
  return rows.map((row) => row.workspace_id);
}
