import type { Kysely } from 'kysely';
import { shown } from '../../contract/shownText.ts';
import type { Database } from '../db/schema.ts';
import { conflict } from '../http/problem.ts';
import { BY_PEOPLE, type PreviewOwner } from './whose.ts';

/**
 * Refuses a pipeline that would take down a preview of its repository which another rule’s pipeline made: saying that there is none
 * would leave it standing unnoticed. 409 `preview_of_other_rule`.
 */
export async function refuseWhereAnotherRules(
  trx: Kysely<Database>,
  teamId: string,
  { source, trustRuleId, repository }: PreviewOwner,
  change: string,
): Promise<void> {
  if (source === BY_PEOPLE) return;
  const other = await trx
    .selectFrom('preview')
    .select('id')
    .where('team_id', '=', teamId)
    .where('source', '=', source)
    .where('repository_id', '=', repository.id)
    .where('change', '=', change)
    .where('trust_rule_id', '!=', trustRuleId)
    .where('workspace_id', 'is not', null)
    .executeTakeFirst();
  if (!other) return;
  throw conflict(
    'preview_of_other_rule',
    `The preview ${shown(change)} of ${shown(repository.name)} was made under another rule than the one that lets this job in, so this job can’t take it down. One rule has to admit both jobs: an admin can see to that in Settings, Trusted repositories. Until then its owner or an admin can take it down, or its time ends it.`,
  );
}
