import type { Kysely } from 'kysely';
import { bySystem } from '../activity/actor.ts';
import { recordActivities } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';

/** Milliseconds after which a job that went isn’t coming back. */
export const EPHEMERAL_AWAY_MS = 3 * 60_000;
/** Milliseconds that replicas have to come back after the server started: until then all are away. */
const RETURN_MS = 60_000;

/** Those of one preview, or of all. */
export type EphemeralScope = { workspaceId: string } | 'all';

export type EphemeralRemoval = {
  replicaIds: string[];
  workspaces: { id: string; teamId: string }[];
};

/** Milliseconds since the epoch. */
type Moment = { now: number; serverRunsSince: number };

/**
 * Removes replicas that were pipelines’ jobs and are away: of one preview those that are away now, else those that have been for
 * some minutes. With them go their join tokens, so that one that comes back all the same is told that this is final. Unlike
 * other replicas they may join anew: a runner that keeps its state comes with every job.
 */
export async function removeEphemeralReplicas(
  trx: Kysely<Database>,
  scope: EphemeralScope,
  { now, serverRunsSince }: Moment,
): Promise<EphemeralRemoval> {
  const patience = scope === 'all' ? EPHEMERAL_AWAY_MS : 0;
  const started = Math.max(patience, RETURN_MS);
  let away = trx
    .selectFrom('replica')
    .innerJoin('token', 'token.id', 'replica.token_id')
    .innerJoin('workspace', 'workspace.id', 'replica.workspace_id')
    .select(['replica.id', 'replica.name', 'token.id as tokenId'])
    .select(['workspace.id as workspaceId', 'workspace.name as workspaceName'])
    .select('workspace.team_id as teamId')
    .where('token.ephemeral', '=', 1)
    .where('replica.connection', 'is', null)
    .where('replica.since', '<=', new Date(now - patience).toISOString());
  // Whoever was connected to an earlier run of the server may only not be back yet.
  if (now - serverRunsSince < started) {
    away = away.where('replica.since', '>=', new Date(serverRunsSince).toISOString());
  }
  if (scope !== 'all') away = away.where('replica.workspace_id', '=', scope.workspaceId);
  const gone = await away.execute();
  if (gone.length === 0) return { replicaIds: [], workspaces: [] };

  const replicaIds = gone.map(({ id }) => id);
  await trx.deleteFrom('replica').where('id', 'in', replicaIds).execute();
  await trx
    .updateTable('token')
    .set({ revoked_at: new Date(now).toISOString() })
    .where('revoked_at', 'is', null)
    .where(
      'id',
      'in',
      gone.map(({ tokenId }) => tokenId),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('replica').select('replica.id').whereRef('replica.token_id', '=', 'token.id'))),
    )
    .execute();
  await recordActivities(
    trx,
    gone.map(({ name, teamId, workspaceId, workspaceName }) => ({
      teamId,
      now,
      actor: bySystem,
      action: 'replica.removed',
      subject: { kind: 'workspace', id: workspaceId, name: workspaceName },
      summary: `Removed the replica ${name}, a pipeline’s job that has ended.`,
    })),
  );
  const workspaces = new Map(gone.map(({ workspaceId, teamId }) => [workspaceId, teamId]));
  return { replicaIds, workspaces: [...workspaces].map(([id, teamId]) => ({ id, teamId })) };
}
