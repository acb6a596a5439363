import type { Kysely } from 'kysely';
import type { Preview } from '../../contract/previews.ts';
import type { Activity } from '../../contract/team.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Clock, Deps } from '../deps.ts';
import { announceWorkspaceChange, connectedVpnIds } from './announceWorkspaceChange.ts';

export type Removal = {
  actor: Activity['actor'];
  /** For the mark that it leaves where it is a preview’s. */
  reason: NonNullable<Preview['removedReason']>;
  /** For the activity. */
  summary: string;
};

export type RemovedWorkspace = { id: string; vpnIds: string[]; tokenIds: string[]; preview: boolean };

/** Deletes a workspace with its replicas, revokes its join tokens and adds that to the activity. */
export async function removeWorkspace(
  trx: Kysely<Database>,
  clock: Clock,
  workspace: { id: string; team_id: string; name: string },
  { actor, reason, summary }: Removal,
): Promise<RemovedWorkspace> {
  const now = new Date(clock.now()).toISOString();
  const vpnIds = await connectedVpnIds(trx, workspace.id);
  // The tokens outlive the workspace: a replica that is away now is told by its token that this is final.
  const tokens = await trx
    .updateTable('token')
    .set({ revoked_at: now, sealed: null })
    .where('kind', '=', 'join')
    .where('workspace_id', '=', workspace.id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  const preview = await trx
    .updateTable('preview')
    .set({ removed_at: now, removed_reason: reason, removed_sequence: null })
    .where('workspace_id', '=', workspace.id)
    .returning('id')
    .executeTakeFirst();
  await trx.deleteFrom('workspace').where('id', '=', workspace.id).execute();
  await recordActivity(trx, {
    teamId: workspace.team_id,
    now: clock.now(),
    actor,
    action: 'workspace.deleted',
    subject: { kind: 'workspace', id: workspace.id, name: workspace.name },
    summary,
  });
  return {
    id: workspace.id,
    vpnIds,
    tokenIds: tokens.map((token) => token.id),
    preview: preview !== undefined,
  };
}

/** After the commit: ends its replicas’ connections, and tells the dashboards. */
export function announceRemoval(
  { bus, hub }: Pick<Deps, 'bus' | 'hub'>,
  teamId: string,
  removed: RemovedWorkspace,
): void {
  hub.revoked(removed.tokenIds);
  announceWorkspaceChange(bus, teamId, removed.id, removed.vpnIds);
  if (removed.preview) bus.publish(teamId, ['previews']);
}
