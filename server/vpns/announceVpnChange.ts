import type { Kysely } from 'kysely';
import type { Topic } from '../../contract/events.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';

export async function connectedWorkspaceIds(db: Kysely<Database>, vpnId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('vpn_workspace')
    .select('workspace_id')
    .where('vpn_id', '=', vpnId)
    .execute();
  return rows.map((row) => row.workspace_id);
}

/** After the commit: tells the dashboards, and the replicas of the workspaces that the VPN is (or was) connected to. */
export function announceVpnChange(
  { bus, hub }: Pick<Deps, 'bus' | 'hub'>,
  teamId: string,
  vpnId: string,
  workspaceIds: readonly string[],
): void {
  const workspaces = workspaceIds.map((id): Topic => `workspace:${id}`);
  bus.publish(teamId, ['vpns', `vpn:${vpnId}`, 'activity', 'workspaces', ...workspaces]);
  hub.desiredChanged(workspaceIds);
}
