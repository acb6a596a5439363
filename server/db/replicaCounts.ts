import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

export type ReplicaCount = { total: number; online: number };
export const noReplicas: ReplicaCount = { total: 0, online: 0 };

/** How many replicas each workspace has, and how many of them are online. Workspaces without any are left out. */
export async function countReplicas(
  db: Kysely<Database>,
  workspaceIds: readonly string[],
): Promise<Map<string, ReplicaCount>> {
  if (workspaceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('replica')
    .select((eb) => [
      'workspace_id',
      eb.fn.countAll<number>().as('total'),
      eb.fn.count<number>('connection').as('online'),
    ])
    .where('workspace_id', 'in', workspaceIds)
    .groupBy('workspace_id')
    .execute();
  return new Map(rows.map(({ workspace_id, total, online }) => [workspace_id, { total, online }]));
}
