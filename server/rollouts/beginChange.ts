import type { Kysely, Selectable } from 'kysely';
import type { RolloutCheck, RolloutStrategy } from '../../contract/rollouts.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import type { Viewer } from '../session/viewer.ts';
import { insertRollout, requireCheck } from './beginRollout.ts';
import { orderMembers, takesPart } from './members.ts';

export type Change = {
  /** The VPN as it is stored before the change. */
  stored: Selectable<VpnTable>;
  after: VpnSettings;
  /** What differs, in the words of the form. */
  changed: readonly string[];
  options: { strategy: RolloutStrategy; check: RolloutCheck | null; limitSeconds: number };
  viewer: Viewer;
  now: number;
  /** Since when the server runs, in milliseconds since the epoch. */
  runsSince: number;
};

/**
 * Begins the rollout of a change, in the transaction that writes the change and before it does. Null where there is nothing to
 * protect: no tunnel is up, only the name is another one, or it is wanted at once. 422 for a check that isn't inside the subnets.
 */
export async function beginChange(trx: Kysely<Database>, change: Change): Promise<string | null> {
  const { stored, after, changed, options, viewer, now, runsSince } = change;
  const check = requireCheck(options.check, after.peerSubnets, 'rollout.check.address');
  if (options.strategy === 'immediately' || changed.every((part) => part === 'name')) return null;
  const members = await orderMembers(trx, stored.id, { now, runsSince });
  if (!members.some(takesPart)) return null;
  const plan = {
    team_id: stored.team_id,
    kind: 'change',
    vpn_id: stored.id,
    to_vpn_id: null,
    workspaces: '[]',
    changed: JSON.stringify(changed),
    strategy: options.strategy,
    make_before_break: 0,
    previous_settings: JSON.stringify(settingsOfRow(stored)),
    previous_psk_sealed: stored.psk_sealed,
    previous_psk_changed_at: stored.psk_changed_at,
    previous_revision: stored.revision,
    revision: stored.revision + 1,
  } as const;
  const tried = { tried: after, check, limitSeconds: options.limitSeconds, members };
  return await insertRollout(trx, { ...plan, ...tried }, { viewer, now });
}
