import type { Kysely } from 'kysely';
import type { Topic } from '../../contract/events.ts';
import type { Database } from '../db/schema.ts';
import { movedWorkspaces, type RolloutRow } from '../db/underWay.ts';
import type { Deps } from '../deps.ts';

export type Concerned = { vpnIds: string[]; workspaceIds: string[] };

/** The VPNs and workspaces that a rollout is about. */
export async function concernedBy(db: Kysely<Database>, rollout: RolloutRow): Promise<Concerned> {
  const { vpn_id, to_vpn_id } = rollout;
  const vpnIds = [vpn_id, ...(to_vpn_id === null ? [] : [to_vpn_id])];
  if (rollout.kind === 'move') return { vpnIds, workspaceIds: movedWorkspaces(rollout) };
  const rows = await db
    .selectFrom('vpn_workspace')
    .select('workspace_id')
    .where('vpn_id', '=', vpn_id)
    .execute();
  return { vpnIds, workspaceIds: rows.map((row) => row.workspace_id) };
}

/**
 * After the commit of what concerns all replicas of a rollout: tells the dashboards and the replicas.
 */
export function announceToAll(
  { bus, hub }: Pick<Deps, 'bus' | 'hub'>,
  teamId: string,
  { vpnIds, workspaceIds }: Concerned,
): void {
  const vpns = vpnIds.map((id): Topic => `vpn:${id}`);
  const workspaces = workspaceIds.map((id): Topic => `workspace:${id}`);
  bus.publish(teamId, ['vpns', ...vpns, 'workspaces', ...workspaces, 'activity']);
  hub.desiredChanged(workspaceIds);
}
