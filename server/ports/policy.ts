import type { Kysely } from 'kysely';
import { visibilities, policyAllows, type PortPolicy } from '../../contract/visibility.ts';
import type { Database } from '../db/schema.ts';
import { makePrivate, selectShared, sharedRow } from './makePrivate.ts';

/**
 * Makes private what a new policy of the team doesn’t allow, in the transaction that sets the policy: no moment in which
 * something is shared that may not be. Returns the workspaces whose ports changed.
 */
export async function enforcePolicy(
  trx: Kysely<Database>,
  teamId: string,
  policy: PortPolicy,
  now: number,
): Promise<string[]> {
  const forbidden = visibilities.filter((visibility) => !policyAllows(policy, visibility));
  if (forbidden.length === 0) return [];
  const rows = await selectShared(trx)
    .where('workspace.team_id', '=', teamId)
    .where('port.visibility', 'in', forbidden)
    .orderBy('workspace.name')
    .orderBy('port.number')
    .execute();
  await makePrivate(trx, rows.map(sharedRow), { reason: 'policy', now });
  return [...new Set(rows.map((row) => row.workspaceId))];
}
