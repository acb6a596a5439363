import type { Kysely } from 'kysely';
import type { Topic } from '../../contract/events.ts';
import type { Database } from '../db/schema.ts';
import type { Bus } from '../deps.ts';

export async function connectedVpnIds(db: Kysely<Database>, workspaceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('vpn_workspace')
    .select('vpn_id')
    .where('workspace_id', '=', workspaceId)
    .execute();
  return rows.map((row) => row.vpn_id);
}

/** After the commit: tells the dashboards, also those that show the VPNs the workspace is connected to. */
export function announceWorkspaceChange(
  bus: Bus,
  teamId: string,
  workspaceId: string,
  vpnIds: readonly string[],
): void {
  const vpns = vpnIds.map((id): Topic => `vpn:${id}`);
  bus.publish(teamId, ['workspaces', `workspace:${workspaceId}`, 'activity', 'vpns', ...vpns]);
}
