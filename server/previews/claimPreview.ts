import type { Kysely, Selectable } from 'kysely';
import type { Database, PreviewTable } from '../db/schema.ts';
import { newId } from '../ids.ts';
import type { PreviewOwner } from './whose.ts';

export type Claim = {
  teamId: string;
  owner: PreviewOwner;
  change: string;
  userId: string;
  /** ISO 8601. */
  now: string;
};

/**
 * The row of this change, made where there is none. Holds it until the transaction ends: of two runs at once the second waits,
 * and finds what the first made.
 */
export async function claimPreview(
  trx: Kysely<Database>,
  { teamId, owner, change, userId, now }: Claim,
): Promise<{ row: Selectable<PreviewTable>; isNew: boolean }> {
  const id = newId('prev');
  const row = await trx
    .insertInto('preview')
    .values({
      id,
      team_id: teamId,
      source: owner.source,
      trust_rule_id: owner.trustRuleId,
      repository_id: owner.repository.id,
      repository_name: owner.repository.name,
      change,
      workspace_id: null,
      vpn_id: null,
      ttl_seconds: 0,
      created_at: now,
      created_by: userId,
      renewed_at: now,
      expires_at: now,
      up_sequence: null,
      removed_at: null,
      removed_reason: null,
      removed_sequence: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['team_id', 'source', 'trust_rule_id', 'repository_id', 'change'])
        // A repository that was renamed is the same one.
        .doUpdateSet({ repository_name: owner.repository.name }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, isNew: row.id === id };
}
