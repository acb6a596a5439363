import type { Kysely } from 'kysely';
import type { Activity } from '../../contract/team.ts';
import { neighbours, obstaclesOf } from '../db/connectable.ts';
import type { Database } from '../db/schema.ts';
import { movedWorkspaces } from '../db/underWay.ts';
import { conflict } from '../http/problem.ts';
import { undo } from './endRollout.ts';
import { nameOf, recordRollout, type NamedRollout } from './rolloutActivity.ts';

export type By = { actor: Activity['actor']; userId: string; now: number };

/** What somebody does with a rollout. 409 `rollout_state` where its state doesn’t allow it. */
export type Control = (trx: Kysely<Database>, rollout: NamedRollout, by: By) => Promise<void>;

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const over: Partial<Record<NamedRollout['state'], string>> = {
  completed: 'is complete',
  failed: 'has failed, and everything is as it was',
  'rolled-back': 'was taken back',
};

function refuse(rollout: NamedRollout, otherwise: string): never {
  throw conflict('rollout_state', `${upper(nameOf(rollout))} ${over[rollout.state] ?? otherwise}.`);
}

async function setState(
  trx: Kysely<Database>,
  { id }: NamedRollout,
  from: 'running' | 'paused',
  to: 'running' | 'paused',
): Promise<boolean> {
  const set = await trx
    .updateTable('rollout')
    .set({ state: to })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return set.numUpdatedRows > 0n;
}

/** No further replica begins. */
export const pause: Control = async (trx, rollout, { actor, now }) => {
  if (!(await setState(trx, rollout, 'running', 'paused'))) refuse(rollout, 'is paused already');
  await recordRollout(trx, { rollout, deed: 'paused', actor, now });
};

/**
 * Goes on. Those that went back wait for their turn again; the VPN gets a new revision for that, so that the agents try it anew
 * and nobody takes what they said before for the answer.
 */
export const resume: Control = async (trx, rollout, { actor, now }) => {
  if (!(await setState(trx, rollout, 'paused', 'running'))) refuse(rollout, 'isn’t paused');
  const again = await trx
    .updateTable('rollout_replica')
    .set({ state: 'waiting', since: new Date(now).toISOString(), reason: null, diagnosis: null })
    .where('rollout_id', '=', rollout.id)
    .where('state', '=', 'went-back')
    .executeTakeFirst();
  if (rollout.kind === 'change' && again.numUpdatedRows > 0n) {
    await trx
      .updateTable('vpn')
      .set((eb) => ({ revision: eb('revision', '+', 1) }))
      .where('id', '=', rollout.vpn_id)
      .execute();
  }
  await recordRollout(trx, { rollout, deed: 'resumed', actor, now });
};

/** Everything as it was before. */
export const takeBack: Control = async (trx, rollout, { actor, userId, now }) => {
  if (rollout.kind === 'move') await requireWayBack(trx, rollout);
  const at = new Date(now).toISOString();
  if (!(await undo(trx, rollout, 'rolled-back', { now: at, updatedBy: userId }))) refuse(rollout, 'is over');
  const back = trx
    .updateTable('rollout_replica')
    .set({ state: 'went-back', since: at, reason: 'It was taken back.', diagnosis: null })
    .where('rollout_id', '=', rollout.id)
    .where('state', 'in', ['trying', 'changed']);
  const moved = movedWorkspaces(rollout);
  if (rollout.kind === 'change') await back.execute();
  else if (moved.length > 0) await back.where('workspace_id', 'in', moved).execute();
  await recordRollout(trx, { rollout, deed: 'rolled-back', actor, now });
};

/** Workspaces that have left the first VPN may have been connected to something meanwhile that doesn’t go with it. */
async function requireWayBack(trx: Kysely<Database>, rollout: NamedRollout): Promise<void> {
  const vpn = await trx
    .selectFrom('vpn')
    .selectAll()
    .where('id', '=', rollout.vpn_id)
    .executeTakeFirstOrThrow();
  const others = (await neighbours(trx, vpn.id, movedWorkspaces(rollout))).filter(
    ({ id }) => id !== rollout.to_vpn_id,
  );
  const [first] = obstaclesOf(vpn, others);
  if (!first) return;
  const [workspaceId, { code, message }] = first;
  const { name } = await trx
    .selectFrom('workspace')
    .select('name')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  throw conflict(code, `${name} can’t be connected to ${vpn.name} again. ${message}`);
}
