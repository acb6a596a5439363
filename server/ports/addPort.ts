import type { Kysely } from 'kysely';
import { WORKSPACE_PORTS_MAX } from '../../contract/ports.ts';
import type { DeclaredPort } from '../../contract/agentProtocol.ts';
import { searchOf } from '../db/portRow.ts';
import type { Database, PortTable } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { newPortHost } from './portHost.ts';

type NewPort = {
  workspaceId: string;
  number: number;
  origin: PortTable['origin'];
  label: string | null;
  protocol: PortTable['protocol'];
  declared: DeclaredPort | undefined;
};

/** Adds a port that was never forwarded, privately. Returns its id. The caller holds the lock, and knows that there is room. */
export async function addPort(trx: Kysely<Database>, port: NewPort, now: number): Promise<string> {
  const id = newId('port');
  const names = { label: port.label, declared_label: port.declared?.label ?? null };
  await trx
    .insertInto('port')
    .values({
      id,
      workspace_id: port.workspaceId,
      number: port.number,
      host: newPortHost(),
      forwarded: 1,
      ...names,
      protocol: port.protocol,
      declared_protocol: port.declared?.protocol ?? null,
      search: searchOf({ ...names, number: port.number }),
      visibility: 'private',
      origin: port.origin,
      shared_by: null,
      shared_at: null,
      created_at: new Date(now).toISOString(),
      notice_from: null,
      notice_reason: null,
      notice_at: null,
    })
    .execute();
  return id;
}

/**
 * How many more ports of the workspace may be forwarded. Where that is less than `wanted`, those that were forwarded by
 * themselves, that nobody has touched and that listen no more make room.
 */
export async function roomForPorts(
  trx: Kysely<Database>,
  workspaceId: string,
  wanted: number,
): Promise<number> {
  const room = WORKSPACE_PORTS_MAX - (await countForwarded(trx, workspaceId));
  if (room >= wanted) return room;
  await forgetSilent(trx, workspaceId);
  return Math.max(0, WORKSPACE_PORTS_MAX - (await countForwarded(trx, workspaceId)));
}

async function countForwarded(trx: Kysely<Database>, workspaceId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('port')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('forwarded', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The SQL of `isUntouched`, for ports in which no replica listened when it was last heard. */
async function forgetSilent(trx: Kysely<Database>, workspaceId: string): Promise<void> {
  await trx
    .deleteFrom('port')
    .where('workspace_id', '=', workspaceId)
    .where('forwarded', '=', 1)
    .where('origin', '=', 'auto')
    .where('visibility', '=', 'private')
    .where('label', 'is', null)
    .where('protocol', 'is', null)
    .where('notice_reason', 'is', null)
    .where('number', 'not in', (eb) =>
      eb
        .selectFrom('replica_port')
        .innerJoin('replica', 'replica.id', 'replica_port.replica_id')
        .select('replica_port.number')
        .where('replica.workspace_id', '=', workspaceId),
    )
    .execute();
}
