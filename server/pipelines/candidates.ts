import type { Kysely } from 'kysely';
import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import type { Database } from '../db/schema.ts';

/** A team that takes tokens of an issuer, and as whose it reads them. */
export type Candidate = { team: { id: string; name: string }; issuerId: string; provider: PipelineProvider };

/** The teams with this issuer, letter for letter; `team` (id or name) leaves only those of that name. */
export async function candidatesFor(
  db: Kysely<Database>,
  issuer: string,
  team: string | null,
): Promise<Candidate[]> {
  const rows = await db
    .selectFrom('issuer')
    .innerJoin('team', 'team.id', 'issuer.team_id')
    .select(['issuer.id as issuer_id', 'issuer.provider', 'team.id', 'team.name'])
    .where('issuer.url', '=', issuer)
    .$if(team !== null, (query) =>
      query.where((eb) => eb.or([eb('team.id', '=', team), eb('team.name', '=', team)])),
    )
    .orderBy('team.id')
    .execute();
  return rows.map(({ issuer_id, provider, id, name }) => ({
    team: { id, name },
    issuerId: issuer_id,
    provider,
  }));
}
