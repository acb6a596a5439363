import type { Kysely, Selectable } from 'kysely';
import { VpnSettings } from '../../contract/vpns.ts';
import { readJson, readTexts } from './json.ts';
import type { Database, RolloutReplicaTable, RolloutTable } from './schema.ts';

/** The states of a rollout that isn't over. */
export const underWay = ['running', 'paused'] as const;

export type RolloutRow = Selectable<RolloutTable>;
export type RolloutReplicaRow = Selectable<RolloutReplicaTable>;

/** The changes and moves under way of, from or to these VPNs. */
export async function findUnderWay(db: Kysely<Database>, vpnIds: readonly string[]): Promise<RolloutRow[]> {
  if (vpnIds.length === 0) return [];
  return await db
    .selectFrom('rollout')
    .selectAll()
    .where('state', 'in', underWay)
    .where((eb) => eb.or([eb('vpn_id', 'in', vpnIds), eb('to_vpn_id', 'in', vpnIds)]))
    .execute();
}

/** What the VPN was before the change that is under way, and is again where that is taken back; null for a move. */
export const previousSettings = ({
  previous_settings,
}: Pick<RolloutRow, 'previous_settings'>): VpnSettings | null =>
  previous_settings === null ? null : readJson(VpnSettings, previous_settings);

/** The workspaces of a move; without those that somebody has connected or disconnected meanwhile. */
export const movedWorkspaces = ({ workspaces }: Pick<RolloutRow, 'workspaces'>): string[] =>
  readTexts(workspaces);

/**
 * Adds to the subnets of VPNs that are being changed those that they had before: replicas still have them, and all may get
 * them back. So nothing else may take them meanwhile.
 */
export async function withClaimedSubnets<Row extends { id: string; peer_subnets: string }>(
  db: Kysely<Database>,
  rows: readonly Row[],
): Promise<Row[]> {
  const changes = await findUnderWay(db, [...new Set(rows.map(({ id }) => id))]);
  const before = new Map(changes.map((change) => [change.vpn_id, previousSettings(change)?.peerSubnets]));
  return rows.map((row) => {
    const claimed = before.get(row.id);
    if (!claimed) return row;
    const subnets = [...new Set([...readTexts(row.peer_subnets), ...claimed])];
    return { ...row, peer_subnets: JSON.stringify(subnets) };
  });
}
