import type { Kysely } from 'kysely';
import { type PipelineIdentity, providerNames } from '../../contract/pipelines/identity.ts';
import type { Database } from '../db/schema.ts';
import { newId } from '../ids.ts';

/** So many refusals are kept of each team: enough to see what was tried, and no way to fill the database. */
const KEPT = 50;

/** Keeps a refused exchange among the team's runs, so that an admin sees what would have to be trusted. */
export async function keepRefusal(
  trx: Kysely<Database>,
  teamId: string,
  now: number,
  { identity, code, message }: { identity: PipelineIdentity; code: string; message: string },
): Promise<void> {
  const at = new Date(now).toISOString();
  const { issuer, provider, owner, repository, event, ref } = identity;
  await trx
    .insertInto('pipeline_run')
    .values({
      id: newId('run'),
      team_id: teamId,
      at,
      finished_at: at,
      preview_id: null,
      vpn_id: null,
      provider,
      issuer,
      repository_id: repository.id,
      repository_name: repository.name,
      owner_id: owner.id,
      owner_name: owner.name,
      change: null,
      event,
      ref,
      actor_name: `${repository.name}, ${providerNames[provider]}`,
      action: 'exchange',
      result: 'refused',
      code,
      message,
      token_id: null,
    })
    .execute();
  const refusals = trx
    .selectFrom('pipeline_run')
    .where('team_id', '=', teamId)
    .where('action', '=', 'exchange')
    .where('result', '=', 'refused');
  const kept = refusals.select('id').orderBy('at', 'desc').orderBy('id').limit(KEPT);
  await trx
    .deleteFrom('pipeline_run')
    .where('id', 'in', refusals.select('id').where('id', 'not in', kept))
    .execute();
}
