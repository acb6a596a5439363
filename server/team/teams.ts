import type { Kysely } from 'kysely';
import type { Team } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import { notFound } from '../http/problem.ts';

/** The team with this id; 404 where it was deleted meanwhile. */
export async function readTeam(db: Kysely<Database>, id: string): Promise<Team> {
  const row = await db
    .selectFrom('team')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('member')
        .whereRef('member.team_id', '=', 'team.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('members'),
    )
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('team');
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    members: Number(row.members),
    portPolicy: { organization: row.allow_organization_ports === 1, public: row.allow_public_ports === 1 },
    revision: row.revision,
  };
}
