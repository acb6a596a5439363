import type { Kysely } from 'kysely';
import type { PortPolicy } from '../../contract/visibility.ts';
import { readJson } from '../db/json.ts';
import type { Database } from '../db/schema.ts';
import type { ServerSettings } from '../deps.ts';
import { notFound } from '../http/problem.ts';
import { Declaration } from './declarations.ts';
import type { PortFacts, ReplicaFacts } from './mergePorts.ts';
import { portUrl } from './portUrl.ts';
import { selectPorts } from './storedPort.ts';

/** Reads what `mergePorts` needs of a workspace, in four queries however many ports and replicas it has. */
export async function loadPortFacts(
  db: Kysely<Database>,
  settings: ServerSettings,
  workspace: { id: string; team_id: string },
): Promise<PortFacts> {
  return {
    rows: await selectPorts(db, workspace.id).execute(),
    replicas: await loadReplicas(db, workspace.id),
    policy: await loadPolicy(db, workspace.team_id),
    urlOf: (host) => portUrl(settings, host),
  };
}

/** What the team allows now. */
export async function loadPolicy(db: Kysely<Database>, teamId: string): Promise<PortPolicy> {
  const row = await db
    .selectFrom('team')
    .select(['allow_organization_ports as organization', 'allow_public_ports as public'])
    .where('id', '=', teamId)
    .executeTakeFirst();
  if (!row) throw notFound('team');
  return { organization: row.organization === 1, public: row.public === 1 };
}

/** The replicas of a workspace with what each has told. */
export async function loadReplicas(db: Kysely<Database>, workspaceId: string): Promise<ReplicaFacts[]> {
  const replicas = await db
    .selectFrom('replica')
    .select(['id', 'name', 'connection', 'declared_ports'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('ordinal')
    .execute();
  const listening = await db
    .selectFrom('replica_port')
    .innerJoin('replica', 'replica.id', 'replica_port.replica_id')
    .select(['replica_port.replica_id as replicaId', 'replica_port.number', 'replica_port.process'])
    .where('replica.workspace_id', '=', workspaceId)
    .execute();
  const declarationIn = readOnce();
  const byReplica = Map.groupBy(listening, ({ replicaId }) => replicaId);
  return replicas.map(({ id, name, connection, declared_ports }) => ({
    id,
    name,
    online: connection !== null,
    declaration: declared_ports === null ? null : declarationIn(declared_ports),
    listening: new Map(byReplica.get(id)?.map(({ number, process }) => [number, process])),
  }));
}

/** Replicas of one workspace mostly hold the same file, which is read once then. */
function readOnce(): (text: string) => Declaration {
  const read = new Map<string, Declaration>();
  return (text) => {
    const declaration = read.get(text) ?? readJson(Declaration, text);
    read.set(text, declaration);
    return declaration;
  };
}
