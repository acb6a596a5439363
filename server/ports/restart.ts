import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { endAccess } from './endAccess.ts';
import { makePrivate, selectShared, sharedRow } from './makePrivate.ts';
import { lockPorts } from './portParams.ts';

/** A replica that says hello: known with the boot it last named, or new. */
export type Arrival = { workspaceId: string; boot: string; known: { boot: string | null } | null };

/**
 * Whether the workspace restarts with a replica that arrives: one that is known has booted again, or a new one comes while
 * there are replicas (or were) and none is connected, as where containers are made anew. Call it before the replica is
 * marked online. What ran before may not be what runs now.
 */
export async function isRestart(trx: Kysely<Database>, arrival: Arrival): Promise<boolean> {
  const { workspaceId, boot, known } = arrival;
  if (known) return known.boot !== null && known.boot !== boot;
  const replicas = await trx
    .selectFrom('replica')
    .select((eb) => [
      eb.fn.countAll<number | string>().as('total'),
      eb.fn.count<number | string>('connection').as('online'),
    ])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  if (Number(replicas.online) > 0) return false;
  if (Number(replicas.total) > 0) return true;
  const removed = await trx
    .selectFrom('removed_replica')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .executeTakeFirst();
  return removed !== undefined;
}

/**
 * After a restart public ports are private again until their owner shares them again, and everybody who was let in
 * anywhere asks again. Returns whether anything ended.
 */
export async function restartPorts(
  trx: Kysely<Database>,
  workspaceId: string,
  now: number,
): Promise<boolean> {
  await lockPorts(trx, workspaceId);
  const ports = await selectShared(trx)
    .where('port.workspace_id', '=', workspaceId)
    .where('port.visibility', '=', 'public')
    .orderBy('port.number')
    .execute();
  await endAccess(trx, [workspaceId]);
  await makePrivate(trx, ports.map(sharedRow), { reason: 'restarted', now });
  return ports.length > 0;
}
