import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { portNumber } from '../../contract/ports.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Database, WorkspaceTable } from '../db/schema.ts';
import { notFound, refused } from '../http/problem.ts';
import { TeamParams } from '../http/teamAccess.ts';

export const WorkspacePortsParams = TeamParams.extend({
  workspace: z.string().meta({ description: 'The workspace’s id or its name.' }),
});

export const PortParams = WorkspacePortsParams.extend({
  port: z.string().meta({ description: 'The port’s number, from 1 to 65535.' }),
});

/** The number in a path; 422 on `port` for what can’t be one. */
export function parsePort(text: string): number {
  const parsed = portNumber.safeParse(/^[1-9][0-9]*$/.test(text) ? Number(text) : Number.NaN);
  if (parsed.success) return parsed.data;
  throw refused([{ path: 'port', code: 'invalid_port', message: 'Enter a port number from 1 to 65535.' }]);
}

export type LockedWorkspace = Selectable<WorkspaceTable>;

/**
 * The team’s workspace with this id or name, 404 otherwise. Changes of one workspace’s ports wait for each other from here
 * on until the transaction ends: what is read after it stays so.
 */
export async function lockWorkspace(
  trx: Kysely<Database>,
  teamId: string,
  idOrName: string,
): Promise<LockedWorkspace> {
  const { id } = await findWorkspace(trx, teamId, idOrName);
  const locked = await lockPorts(trx, id);
  if (!locked) throw notFound('workspace');
  return locked;
}

/** As `lockWorkspace`, by the id alone; undefined where the workspace was deleted. */
export const lockPorts = (trx: Kysely<Database>, workspaceId: string): Promise<LockedWorkspace | undefined> =>
  trx
    .updateTable('workspace')
    .set((eb) => ({ revision: eb.ref('workspace.revision') }))
    .where('id', '=', workspaceId)
    .returningAll()
    .executeTakeFirst();

/** Has a change of the team’s policy wait for this transaction, or this for it. Before `lockWorkspace`, never after. */
export async function lockPolicy(trx: Kysely<Database>, teamId: string): Promise<void> {
  await trx
    .updateTable('team')
    .set((eb) => ({ revision: eb.ref('team.revision') }))
    .where('id', '=', teamId)
    .execute();
}

/** The row of a port, whether it is forwarded or was once. */
export const findPort = (trx: Kysely<Database>, workspaceId: string, number: number) =>
  trx
    .selectFrom('port')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('number', '=', number)
    .executeTakeFirst();
