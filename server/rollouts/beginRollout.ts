import type { Kysely } from 'kysely';
import type { RolloutOptions } from '../../contract/rollouts.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import { parseVerifyAddress } from '../../contract/verifyAddress.ts';
import { actorOf } from '../activity/actor.ts';
import type { Database, RolloutTable } from '../db/schema.ts';
import { underWay } from '../db/underWay.ts';
import { refused } from '../http/problem.ts';
import { newId } from '../ids.ts';
import type { Viewer } from '../session/viewer.ts';
import type { Member } from './members.ts';
import { takesPart } from './members.ts';
import { findNamed, recordRollout } from './rolloutActivity.ts';
import { insertReplicas } from './transitions.ts';

/** What differs between the two kinds of rollouts. */
export type Plan = Pick<
  RolloutTable,
  | 'team_id'
  | 'kind'
  | 'vpn_id'
  | 'to_vpn_id'
  | 'workspaces'
  | 'changed'
  | 'strategy'
  | 'make_before_break'
  | 'previous_settings'
  | 'previous_psk_sealed'
  | 'previous_psk_changed_at'
  | 'previous_revision'
  | 'revision'
> & {
  tried: VpnSettings;
  check: RolloutTableCheck;
  limitSeconds: number;
  members: readonly Member[];
};

type RolloutTableCheck = Pick<RolloutTable, 'check_address' | 'check_port'>;

/** Writes a new rollout with its replicas, all of them still waiting, and forgets those of this VPN that are over. */
export async function insertRollout(
  trx: Kysely<Database>,
  plan: Plan,
  { viewer, now }: { viewer: Viewer; now: number },
): Promise<string> {
  const { tried, check, limitSeconds, members, ...row } = plan;
  const id = newId('roll');
  const at = new Date(now).toISOString();
  await trx
    .deleteFrom('rollout')
    .where('vpn_id', '=', plan.vpn_id)
    .where('state', 'not in', underWay)
    .execute();
  await trx
    .insertInto('rollout')
    .values({
      ...row,
      ...check,
      id,
      limit_seconds: limitSeconds,
      state: 'running',
      tried_settings: JSON.stringify(tried),
      started_at: at,
      started_by: viewer.userId,
      finished_at: null,
    })
    .execute();
  await insertReplicas(
    trx,
    members.map((member) => ({ ...member, rollout_id: id, since: at })),
  );
  const rollout = await findNamed(trx).where('rollout.id', '=', id).executeTakeFirstOrThrow();
  const joining = members.filter(takesPart).length;
  const replicas = { tried: joining, skipped: members.length - joining };
  await recordRollout(trx, { rollout, deed: 'started', actor: actorOf(viewer), now, replicas });
  return id;
}

/** The check of a rollout as it is stored; 422 at `path` where its address isn't reached through the VPN. */
export function requireCheck(
  check: NonNullable<RolloutOptions['check']> | null,
  peerSubnets: readonly string[],
  path: string,
): RolloutTableCheck {
  if (check === null) return { check_address: null, check_port: null };
  const parsed = parseVerifyAddress(check.address, peerSubnets);
  if (parsed.ok) return { check_address: parsed.value.text, check_port: check.port };
  const { code, message } = parsed.refusal;
  throw refused([{ path, code, message }]);
}
