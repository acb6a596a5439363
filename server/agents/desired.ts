import type { Kysely, Selectable } from 'kysely';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import { pskContext, settingsOfRow } from '../db/vpnRow.ts';
import type { SecretBox } from '../deps.ts';

/** What a replica should do, or the VPN whose stored key can't be opened (another secret key, a damaged row). */
export type Desired = { ok: true; vpns: DesiredVpn[] } | { ok: false; unreadableVpnId: string };

type SharedVpn = Omit<DesiredVpn, 'localId'>;

/**
 * What each of these replicas should do, by replica id; replicas that don't exist any more are left out. The only place
 * where a pre-shared key leaves the secret box.
 */
export async function loadDesired(
  db: Kysely<Database>,
  secretBox: SecretBox,
  replicaIds: readonly string[],
): Promise<Map<string, Desired>> {
  const replicas = await db
    .selectFrom('replica')
    .select(['id', 'workspace_id', 'local_id'])
    .where('id', 'in', replicaIds)
    .execute();
  if (replicas.length === 0) return new Map();
  const connected = await db
    .selectFrom('vpn_workspace')
    .innerJoin('vpn', 'vpn.id', 'vpn_workspace.vpn_id')
    .selectAll('vpn')
    .select('vpn_workspace.workspace_id as workspaceId')
    .where('vpn_workspace.workspace_id', 'in', [...new Set(replicas.map((replica) => replica.workspace_id))])
    .orderBy('vpn.id')
    .execute();

  const opened = new Map<string, SharedVpn | null>();
  for (const row of connected) {
    if (!opened.has(row.id)) opened.set(row.id, await openVpn(secretBox, row));
  }
  const byWorkspace = Map.groupBy(connected, (row) => row.workspaceId);
  const desiredOf = (replica: { workspace_id: string; local_id: string }): Desired => {
    const vpns: DesiredVpn[] = [];
    for (const { id } of byWorkspace.get(replica.workspace_id) ?? []) {
      const vpn = opened.get(id);
      if (!vpn) return { ok: false, unreadableVpnId: id };
      vpns.push({ ...vpn, localId: replica.local_id });
    }
    return { ok: true, vpns };
  };
  return new Map(replicas.map((replica) => [replica.id, desiredOf(replica)]));
}

/** Null where the key doesn't open. */
async function openVpn(secretBox: SecretBox, row: Selectable<VpnTable>): Promise<SharedVpn | null> {
  const settings = settingsOfRow(row);
  const preSharedKey = await secretBox.open(row.psk_sealed, pskContext(row.id)).catch(() => null);
  if (preSharedKey === null) return null;
  return {
    ...settings,
    id: row.id,
    revision: row.revision,
    peerId: settings.peerId ?? settings.peerIp,
    preSharedKey,
  };
}
