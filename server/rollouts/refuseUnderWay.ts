import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { readTexts } from '../db/json.ts';
import { underWay } from '../db/underWay.ts';
import { conflict } from '../http/problem.ts';
import { findNamed } from './rolloutActivity.ts';

/**
 * 409 `rollout_running` where a change or a move of one of these VPNs is running or paused: who began it, and what to do. Call
 * it inside the transaction that writes.
 */
export async function refuseUnderWay(trx: Kysely<Database>, vpnIds: readonly string[]): Promise<void> {
  const rollout = await findNamed(trx)
    .leftJoin('user', 'user.id', 'rollout.started_by')
    .select('user.name as startedBy')
    .where('rollout.state', 'in', underWay)
    .where((eb) => eb.or([eb('rollout.vpn_id', 'in', vpnIds), eb('rollout.to_vpn_id', 'in', vpnIds)]))
    .executeTakeFirst();
  if (!rollout) return;
  const { kind, vpnName, toName, state, startedBy } = rollout;
  const who = startedBy ?? 'Somebody who isn’t here any more';
  const what =
    kind === 'change'
      ? `began to change ${vpnName} (${readTexts(rollout.changed).join(', ')}), and that is`
      : `began to move workspaces from ${vpnName} to ${toName ?? ''}, and that is`;
  const where =
    state === 'paused' ? 'paused. Resume it' : 'on its way to the replicas. Wait until it is through';
  throw conflict('rollout_running', `${who} ${what} ${where}, or take it back.`);
}
