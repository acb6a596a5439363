import type { Kysely } from 'kysely';
import type { Member } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import { conflict } from '../http/problem.ts';

/**
 * 409 where the team would lose its way in beside its provider. `consequence` completes “…, so <name> can’t be …”.
 */
export async function keepLocalAdmin(
  trx: Kysely<Database>,
  teamId: string,
  member: Pick<Member, 'id' | 'name'>,
  consequence: string,
): Promise<void> {
  const row = await trx
    .selectFrom('sign_in_provider')
    .select('name')
    .where('team_id', '=', teamId)
    .where('local_admin_id', '=', member.id)
    .where('password_sign_in', '=', 0)
    .executeTakeFirst();
  if (!row) return;
  throw conflict(
    'local_admin',
    `${member.name} is the team’s way in when ${row.name} fails and can’t be ${consequence}. Choose another admin for that in Settings, Sign-in.`,
  );
}
