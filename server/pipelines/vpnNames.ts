import type { Kysely } from 'kysely';
import type { Ref } from '../../contract/lists.ts';
import type { Database } from '../db/schema.ts';

/** Those of these VPNs that the team (still) has, by name. */
export async function namesOfVpns(
  db: Kysely<Database>,
  teamId: string,
  ids: readonly string[],
): Promise<Ref[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom('vpn')
    .select(['id', 'name'])
    .where('team_id', '=', teamId)
    .where('id', 'in', ids)
    .orderBy('name_key')
    .execute();
}
