import type { Kysely } from 'kysely';
import type { Topic } from '../../contract/events.ts';
import type { Database } from '../db/schema.ts';
import type { Bus } from '../deps.ts';
import { portTopics } from '../ports/announcePorts.ts';

export async function connectedVpnIds(db: Kysely<Database>, workspaceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('vpn_workspace')
    .select('vpn_id')
    .where('workspace_id', '=', workspaceId)
    .execute();
  return rows.map((row) => row.vpn_id);
}

/** After the commit: tells the dashboards, also those that show its ports and the VPNs it is connected to. */
export function announceWorkspaceChange(
  bus: Bus,
  teamId: string,
  workspaceId: string,
  vpnIds: readonly string[],
): void {
  const vpns = vpnIds.map((id): Topic => `vpn:${id}`);
  const ports = portTopics([workspaceId]);
  bus.publish(teamId, ['workspaces', `workspace:${workspaceId}`, 'activity', 'vpns', ...vpns, ...ports]);
}
