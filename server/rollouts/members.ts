import type { Kysely } from 'kysely';
import { wantedTunnels } from '../agents/wantedTunnels.ts';
import type { Database } from '../db/schema.ts';
import type { RolloutReplicaRow } from '../db/underWay.ts';
import { awaySince, OFFLINE_MS } from './stragglers.ts';

export type Member = Omit<RolloutReplicaRow, 'rollout_id' | 'since'>;

/**
 * The replicas of a VPN's tunnels (with a move: of these workspaces alone) in the order in which they are changed: those that
 * are up, then those that are up with a warning, by workspace and number. The others follow as skipped, each with the reason.
 * A tunnel that is up counts whatever revision it is of: what was changed a moment ago may not be everywhere yet. So does one
 * of a replica that is away for a moment, as all are after a restart of the server (`runsSince`): its tunnel is up meanwhile.
 */
export async function orderMembers(
  db: Kysely<Database>,
  vpnId: string,
  { now, runsSince, workspaceIds }: { now: number; runsSince: number; workspaceIds?: readonly string[] },
): Promise<Member[]> {
  let query = wantedTunnels(db).where('vpn.id', '=', vpnId);
  if (workspaceIds) query = query.where('workspace.id', 'in', workspaceIds);
  const rows = await query
    .select([
      'replica.id as replicaId',
      'replica.name as replicaName',
      'replica.local_id as localId',
      'replica.connection',
      'replica.since',
      'workspace.id as workspaceId',
      'workspace.name as workspaceName',
      'tunnel.state as reported',
      'tunnel.diagnosis_code as diagnosisCode',
    ])
    .orderBy('workspace.name')
    .orderBy('replica.ordinal')
    .orderBy('replica.id')
    .execute();

  const ranked = rows.map((row) => {
    const there = row.connection !== null || now < awaySince(row, runsSince) + OFFLINE_MS;
    const up = there && row.reported === 'up';
    return { row, up, rank: !up ? 2 : row.diagnosisCode === null ? 0 : 1 };
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ row, up }, position) => ({
      replica_id: row.replicaId,
      replica_name: row.replicaName,
      workspace_id: row.workspaceId,
      workspace_name: row.workspaceName,
      local_id: row.localId,
      position,
      state: up ? 'waiting' : 'skipped',
      revision: null,
      diagnosis: null,
      reason: up ? null : row.connection === null ? 'It was offline.' : 'Its tunnel wasn’t up.',
    }));
}

export const takesPart = (member: Member): boolean => member.state === 'waiting';
