import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { movedWorkspaces, underWay, type RolloutRow } from '../db/underWay.ts';
import { dropSource, dropTarget } from './movedConnections.ts';
import { restoreVpn } from './restoreVpn.ts';

type End = { now: string; updatedBy?: string };

/**
 * Writes that a rollout is over, and erases the key of before. False where it was over already: another server or somebody's
 * request came first, and there is nothing left to do.
 */
async function close(
  trx: Kysely<Database>,
  rollout: RolloutRow,
  state: 'completed' | 'failed' | 'rolled-back',
  now: string,
): Promise<boolean> {
  const closed = await trx
    .updateTable('rollout')
    .set({ state, finished_at: now, previous_settings: null, previous_psk_sealed: null })
    .where('id', '=', rollout.id)
    .where('state', 'in', state === 'completed' ? ['running'] : underWay)
    .executeTakeFirst();
  return closed.numUpdatedRows > 0n;
}

/** All have it; who couldn't try it out gets it now. */
export async function complete(trx: Kysely<Database>, rollout: RolloutRow, now: string): Promise<boolean> {
  if (!(await close(trx, rollout, 'completed', now))) return false;
  if (rollout.kind === 'move') await dropSource(trx, rollout, movedWorkspaces(rollout));
  return true;
}

/** Everything is as it was: the VPN has its settings and key of before, or the workspaces are where they were. */
export async function undo(
  trx: Kysely<Database>,
  rollout: RolloutRow,
  state: 'failed' | 'rolled-back',
  { now, updatedBy }: End,
): Promise<boolean> {
  if (!(await close(trx, rollout, state, now))) return false;
  if (rollout.kind === 'move') await dropTarget(trx, rollout, now);
  else await restoreVpn(trx, rollout, { now, ...(updatedBy === undefined ? {} : { updatedBy }) });
  return true;
}
