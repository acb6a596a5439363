import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/**
 * Has everybody ask again who was let in to any port of these workspaces: after a restart, and when they have another owner.
 * Inside the transaction that does that.
 */
export async function endAccess(trx: Kysely<Database>, workspaceIds: readonly string[]): Promise<void> {
  if (workspaceIds.length === 0) return;
  await trx
    .updateTable('port')
    .set((eb) => ({ access_epoch: eb('access_epoch', '+', 1), revision: eb('revision', '+', 1) }))
    .where('workspace_id', 'in', workspaceIds)
    .execute();
}
