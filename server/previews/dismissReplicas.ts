import type { Kysely } from 'kysely';
import { bySystem } from '../activity/actor.ts';
import { recordActivities } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';

export type Dismissed = { tokenIds: string[]; replicaIds: string[] };

/**
 * Revokes the join tokens of a preview’s workspace and removes its replicas: they were let in for another VPN than the one it gets
 * now. Unlike other replicas that were removed, the same machine may join again with a newer token.
 */
export async function dismissReplicas(
  trx: Kysely<Database>,
  workspace: { id: string; team_id: string; name: string },
  now: number,
): Promise<Dismissed> {
  const tokens = await trx
    .updateTable('token')
    .set({ revoked_at: new Date(now).toISOString(), sealed: null })
    .where('kind', '=', 'join')
    .where('workspace_id', '=', workspace.id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  const replicas = await trx
    .deleteFrom('replica')
    .where('workspace_id', '=', workspace.id)
    .returning(['id', 'name'])
    .execute();
  if (replicas.length > 0) {
    await recordActivities(
      trx,
      replicas.map(({ name }) => ({
        teamId: workspace.team_id,
        now,
        actor: bySystem,
        action: 'replica.removed',
        subject: { kind: 'workspace', id: workspace.id, name: workspace.name },
        summary: `Removed the replica ${name}, which joined for another VPN.`,
      })),
    );
  }
  return { tokenIds: tokens.map(({ id }) => id), replicaIds: replicas.map(({ id }) => id) };
}
