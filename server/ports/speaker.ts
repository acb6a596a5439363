import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { lockPorts } from './portParams.ts';

/** A replica that says something, by the connection over which it does. */
export type Speaker = { replicaId: string; connection: string; workspaceId: string };

/**
 * Takes the lock of the ports of its workspace. False where nobody should listen to it any more: the replica was removed,
 * its workspace deleted, or another connection of it took over.
 */
export async function lockSpeaker(trx: Kysely<Database>, speaker: Speaker): Promise<boolean> {
  const workspace = await lockPorts(trx, speaker.workspaceId);
  if (!workspace) return false;
  const replica = await trx
    .selectFrom('replica')
    .select('id')
    .where('id', '=', speaker.replicaId)
    .where('connection', '=', speaker.connection)
    .executeTakeFirst();
  return replica !== undefined;
}
