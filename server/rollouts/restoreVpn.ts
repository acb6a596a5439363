import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { previousSettings, type RolloutRow } from '../db/underWay.ts';
import { rowOfSettings } from '../db/vpnRow.ts';

/**
 * Gives a VPN its settings and key of before the change again, under a new revision: agents compare what they have, so nothing
 * restarts where that never changed. A name that somebody else has taken meanwhile stays the new one.
 */
export async function restoreVpn(
  trx: Kysely<Database>,
  rollout: RolloutRow,
  { now, updatedBy }: { now: string; updatedBy?: string },
): Promise<void> {
  const before = previousSettings(rollout);
  if (before === null || rollout.previous_psk_sealed === null) return;
  const { psk_changed_at, name } = await trx
    .selectFrom('vpn')
    .select(['psk_changed_at', 'name'])
    .where('id', '=', rollout.vpn_id)
    .executeTakeFirstOrThrow();
  const taken = await trx
    .selectFrom('vpn')
    .select('id')
    .where('team_id', '=', rollout.team_id)
    .where('name_key', '=', before.name.toLowerCase())
    .where('id', '!=', rollout.vpn_id)
    .executeTakeFirst();
  await trx
    .updateTable('vpn')
    .set((eb) => ({
      ...rowOfSettings(taken ? { ...before, name } : before),
      psk_sealed: rollout.previous_psk_sealed ?? '',
      psk_changed_at: rollout.previous_psk_changed_at ?? psk_changed_at,
      revision: eb('revision', '+', 1),
      updated_at: now,
      ...(updatedBy === undefined ? {} : { updated_by: updatedBy }),
    }))
    .where('id', '=', rollout.vpn_id)
    .execute();
}
