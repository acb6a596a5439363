import type { Kysely } from 'kysely';
import { type PipelineIdentity, providerNames } from '../../contract/pipelines/identity.ts';
import type { Database } from '../db/schema.ts';
import { newId } from '../ids.ts';

/** So many refusals are kept of each team: enough to see what was tried, and no way to fill the database. */
const KEPT = 50;

/**
 * So many are kept of owners that no rule names, besides: anybody with an account at the service can mint a token for this server,
 * and must neither push the team's own refusals out nor fill an admin's page with names that look like theirs.
 */
const STRANGERS_KEPT = 5;

/** A stranger who keeps coming is written down once in this time. */
const STRANGER_AGAIN_MS = 60_000;

type Refusal = { identity: PipelineIdentity; knownOwner: boolean; code: string; message: string };

/**
 * Keeps a refused exchange among the team's runs, so that an admin sees what would have to be trusted: of owners that no rule
 * names only the last few, once for each repository. False where nothing changed, since the same stranger came just now.
 */
export async function keepRefusal(
  trx: Kysely<Database>,
  teamId: string,
  now: number,
  { identity, knownOwner, code, message }: Refusal,
): Promise<boolean> {
  const at = new Date(now).toISOString();
  const { issuer, provider, owner, repository, event, ref } = identity;
  const refusals = trx
    .selectFrom('pipeline_run')
    .where('team_id', '=', teamId)
    .where('action', '=', 'exchange')
    .where('result', '=', 'refused')
    .where('known_owner', '=', knownOwner ? 1 : 0);
  if (!knownOwner) {
    const earlier = refusals.where('issuer', '=', issuer).where('repository_id', '=', repository.id);
    const since = new Date(now - STRANGER_AGAIN_MS).toISOString();
    if (await earlier.select('id').where('at', '>', since).executeTakeFirst()) return false;
    await trx.deleteFrom('pipeline_run').where('id', 'in', earlier.select('id')).execute();
  }
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
      known_owner: knownOwner ? 1 : 0,
    })
    .execute();
  const kept = refusals
    .select('id')
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(knownOwner ? KEPT : STRANGERS_KEPT);
  await trx
    .deleteFrom('pipeline_run')
    .where('id', 'in', refusals.select('id').where('id', 'not in', kept))
    .execute();
  return true;
}
