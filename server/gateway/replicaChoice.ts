import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

export type ReplicaChoice = {
  /** Whether the workspace has replicas at all, connected or not. */
  any: boolean;
  /** Connected ones, best first. */
  replicas: string[];
};

/** The workspace’s replicas in their order, and whether this port listens in them. */
export const replicasOf = (db: Kysely<Database>, port: { workspaceId: string; number: number }) =>
  db
    .selectFrom('replica')
    .leftJoin('replica_port', (join) =>
      join.onRef('replica_port.replica_id', '=', 'replica.id').on('replica_port.number', '=', port.number),
    )
    .select(['replica.id', 'replica.connection', 'replica_port.number as listens'])
    .where('replica.workspace_id', '=', port.workspaceId)
    .orderBy('replica.ordinal')
    .execute();

export type ReplicaRows = Awaited<ReturnType<typeof replicasOf>>;

/**
 * Where a viewer of this port may be served: at the replica they were at while it is connected, else where the port
 * listens, else anywhere that is connected, since what listens is told with a delay. Those who come for the first time
 * begin anywhere among the best, so that replicas share them evenly.
 */
export function chooseReplicas(rows: ReplicaRows, stickyId: string | null): ReplicaChoice {
  const online = rows.filter(({ connection }) => connection !== null);
  const listening = online.filter(({ listens }) => listens !== null);
  const others = online.filter(({ listens }) => listens === null);
  const replicas = [...fromAnywhere(listening), ...fromAnywhere(others)].map(({ id }) => id);
  const sticky = replicas.filter((id) => id === stickyId);
  return { any: rows.length > 0, replicas: [...sticky, ...replicas.filter((id) => id !== stickyId)] };
}

/** The same circle, entered at a random place. */
function fromAnywhere<Item>(items: Item[]): Item[] {
  const start = Math.floor(Math.random() * items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}
