import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { findUnderWay, movedWorkspaces } from '../db/underWay.ts';

/**
 * Somebody has connected a workspace to a VPN, or disconnected it: where that is one of the two of a move under way, the
 * workspace has no part in the move any more. From now on it keeps the connections that it has, however the move ends.
 */
export async function leaveMove(
  trx: Kysely<Database>,
  { vpnId, workspaceId }: { vpnId: string; workspaceId: string },
): Promise<void> {
  for (const rollout of await findUnderWay(trx, [vpnId])) {
    const workspaces = movedWorkspaces(rollout);
    if (!workspaces.includes(workspaceId)) continue;
    await trx
      .updateTable('rollout')
      .set({ workspaces: JSON.stringify(workspaces.filter((id) => id !== workspaceId)) })
      .where('id', '=', rollout.id)
      .execute();
  }
}
