import type { Kysely, Selectable } from 'kysely';
import type { DesiredVpn, SafeChange } from '../../contract/agentProtocol.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import { findUnderWay, previousSettings, type RolloutRow } from '../db/underWay.ts';
import type { Database, RolloutReplicaTable, VpnTable } from '../db/schema.ts';
import { pskContext, settingsOfRow } from '../db/vpnRow.ts';
import type { SecretBox } from '../deps.ts';
import { wantedRevision, wantedTunnels } from './wantedTunnels.ts';

/** What a replica should do, or the VPN whose stored key can't be opened (another secret key, a damaged row). */
export type Desired =
  { ok: true; vpns: DesiredVpn[]; changes: SafeChange[] } | { ok: false; unreadableVpnId: string };

/** A VPN as all replicas get it that have this version of it. */
type SharedVpn = Omit<DesiredVpn, 'localId' | 'revision'>;

/** The versions of one VPN; null where the key doesn't open. `previous`: what was before the change that is under way. */
type Versions = {
  current: SharedVpn | null;
  change: { rollout: RolloutRow; previous: SharedVpn | null } | null;
};

const noVersion: Versions = { current: null, change: null };

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
    .select(['id', 'local_id as localId'])
    .where('id', 'in', replicaIds)
    .execute();
  if (replicas.length === 0) return new Map();
  // Together, so that nobody gets the settings of one change as a part of another.
  const { wanted, rows, rollouts } = await db.transaction().execute(async (trx) => {
    const wanted = await wantedTunnels(trx)
      .select(['replica.id as replicaId', 'vpn.id as vpnId', 'rollout_replica.state as part'])
      .select(wantedRevision.as('revision'))
      .where('replica.id', 'in', replicaIds)
      .orderBy('vpn.id')
      .execute();
    const vpnIds = [...new Set(wanted.map(({ vpnId }) => vpnId))];
    const rows =
      vpnIds.length === 0 ? [] : await trx.selectFrom('vpn').selectAll().where('id', 'in', vpnIds).execute();
    return { wanted, rows, rollouts: await findUnderWay(trx, vpnIds) };
  });
  const changes = new Map(rollouts.map((rollout) => [rollout.vpn_id, rollout]));
  const versions = new Map<string, Versions>();
  for (const row of rows) versions.set(row.id, await openVersions(secretBox, row, changes.get(row.id)));

  const byReplica = Map.groupBy(wanted, (row) => row.replicaId);
  const desiredOf = ({ id, localId }: { id: string; localId: string }): Desired => {
    const desired: Desired = { ok: true, vpns: [], changes: [] };
    for (const { vpnId, part, revision } of byReplica.get(id) ?? []) {
      const version = versionFor(versions.get(vpnId) ?? noVersion, part);
      if (version === null) return { ok: false, unreadableVpnId: vpnId };
      desired.vpns.push({ ...version.vpn, revision, localId });
      if (version.safe) desired.changes.push(safeChange(version.safe, localId));
    }
    return desired;
  };
  return new Map(replicas.map((replica) => [replica.id, desiredOf(replica)]));
}

type Part = RolloutReplicaTable['state'] | null;
type Safe = { rollout: RolloutRow; previous: SharedVpn };

/** Which version a replica gets by its part in the change that is under way; null where its key doesn't open. */
function versionFor({ current, change }: Versions, part: Part): { vpn: SharedVpn; safe?: Safe } | null {
  if (change === null || part === 'changed') return current && { vpn: current };
  const { rollout, previous } = change;
  if (part !== 'trying') return previous && { vpn: previous };
  return current && previous && { vpn: current, safe: { rollout, previous } };
}

const safeChange = ({ rollout, previous }: Safe, localId: string): SafeChange => ({
  vpnId: rollout.vpn_id,
  previous: { ...previous, revision: rollout.previous_revision, localId },
  limitMs: rollout.limit_seconds * 1000,
  check: rollout.check_address === null ? null : { address: rollout.check_address, port: rollout.check_port },
});

async function openVersions(
  secretBox: SecretBox,
  row: Selectable<VpnTable>,
  rollout: RolloutRow | undefined,
): Promise<Versions> {
  const current = await openVpn(secretBox, row.id, settingsOfRow(row), row.psk_sealed);
  const before = rollout && previousSettings(rollout);
  if (!rollout || !before) return { current, change: null };
  const previous = await openVpn(secretBox, row.id, before, rollout.previous_psk_sealed ?? '');
  return { current, change: { rollout, previous } };
}

async function openVpn(
  secretBox: SecretBox,
  id: string,
  settings: VpnSettings,
  sealed: string,
): Promise<SharedVpn | null> {
  const preSharedKey = await secretBox.open(sealed, pskContext(id)).catch(() => null);
  if (preSharedKey === null) return null;
  return { ...settings, id, peerId: settings.peerId ?? settings.peerIp, preSharedKey };
}
