import type { Kysely } from 'kysely';
import type { Actor } from '../../contract/permissions.ts';
import { portCan } from '../../contract/portAccess.ts';
import { effectiveVisibility, opensMore, type Visibility } from '../../contract/visibility.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import { allow } from '../http/teamAccess.ts';
import type { PortRow } from './changeDetails.ts';
import { deedsOf, entryOf, type DeedContext } from './portActivity.ts';
import { loadPolicy } from './portFacts.ts';

/**
 * Gives a forwarded port another visibility; 403 with the reason where the viewer or the team’s policy doesn’t allow it.
 * Sharing answers a notice; whoever a tighter level no longer lets in has to ask again.
 */
export async function setVisibility(
  trx: Kysely<Database>,
  row: PortRow,
  to: Visibility,
  asks: { actor: Actor; ownerId: string; by: DeedContext },
): Promise<void> {
  const policy = await loadPolicy(trx, asks.by.teamId);
  const from = effectiveVisibility(row.visibility, policy);
  if (to === from) return;
  allow(portCan.setVisibility(asks.actor, { ownerId: asks.ownerId }, { from, to }, policy));
  const opens = opensMore(to, from);
  await trx
    .updateTable('port')
    .set((eb) => ({
      visibility: to,
      shared_by: to === 'private' ? null : asks.actor.userId,
      shared_at: to === 'private' ? null : new Date(asks.by.now).toISOString(),
      ...(opens ? { notice_from: null, notice_reason: null, notice_at: null } : {}),
      ...(opens ? {} : { access_epoch: eb('access_epoch', '+', 1) }),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute();
  const deed = deedsOf(row.number, asks.by.workspace.name).visibilityChanged(from, to);
  await recordActivity(trx, entryOf(deed, asks.by));
}
