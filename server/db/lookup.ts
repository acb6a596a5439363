import type { Kysely, Selectable } from 'kysely';
import { notFound } from '../http/problem.ts';
import type { Database, VpnTable, WorkspaceTable } from './schema.ts';

/** The team's VPN with this id or name (whatever its case, and however its accents are written); 404 otherwise. */
export async function findVpn(
  db: Kysely<Database>,
  teamId: string,
  idOrName: string,
): Promise<Selectable<VpnTable>> {
  const row = await lookUpVpn(db, teamId, idOrName);
  if (!row) throw notFound('VPN');
  return row;
}

/** The same, where there may be none. */
export async function lookUpVpn(
  db: Kysely<Database>,
  teamId: string,
  idOrName: string,
): Promise<Selectable<VpnTable> | undefined> {
  const nameKey = idOrName.normalize('NFC').toLowerCase();
  return await db
    .selectFrom('vpn')
    .selectAll()
    .where('team_id', '=', teamId)
    .where((eb) => eb.or([eb('id', '=', idOrName), eb('name_key', '=', nameKey)]))
    .executeTakeFirst();
}

/** The team's workspace with this id or name (whatever its case); 404 otherwise. */
export async function findWorkspace(
  db: Kysely<Database>,
  teamId: string,
  idOrName: string,
): Promise<Selectable<WorkspaceTable>> {
  const row = await db
    .selectFrom('workspace')
    .selectAll()
    .where('team_id', '=', teamId)
    .where((eb) => eb.or([eb('id', '=', idOrName), eb('name', '=', idOrName.toLowerCase())]))
    .executeTakeFirst();
  if (!row) throw notFound('workspace');
  return row;
}
