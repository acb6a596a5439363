import type { Kysely } from 'kysely';
import type { DeclaredPort } from '../../contract/agentProtocol.ts';
import type { Topic } from '../../contract/events.ts';
import { searchOf } from '../db/portRow.ts';
import type { Database, PortTable } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { autoForward } from './autoForward.ts';
import { becomesHttps } from './changeDetails.ts';
import { mergeDeclarations, tidyDeclaration, type Declaration } from './declarations.ts';
import { makePrivate, selectShared, sharedRow } from './makePrivate.ts';
import { declarationsOf } from './mergePorts.ts';
import { loadReplicas } from './portFacts.ts';
import { lockSpeaker, type Speaker } from './speaker.ts';
import { selectPorts, type StoredPort } from './storedPort.ts';

type Deps = { db: Kysely<Database>; clock: Clock };

/**
 * Stores what the devcontainer.json of a replica says, and what follows from it for the workspace’s ports: names, protocols,
 * ports to forward. It never makes a port visible to anybody. Returns what has to be read again: nothing where it said so
 * before, for then nothing is written either.
 */
export async function observeDeclared(
  { db, clock }: Deps,
  speaker: Speaker,
  said: Declaration,
): Promise<Topic[]> {
  const text = JSON.stringify(tidyDeclaration(said));
  const stored = await db
    .selectFrom('replica')
    .select('declared_ports')
    .where('id', '=', speaker.replicaId)
    .executeTakeFirst();
  if (stored?.declared_ports === text) return [];
  const { workspaceId } = speaker;
  return await db.transaction().execute(async (trx) => {
    if (!(await lockSpeaker(trx, speaker))) return [];
    await trx
      .updateTable('replica')
      .set({ declared_ports: text })
      .where('id', '=', speaker.replicaId)
      .execute();
    const replicas = await loadReplicas(trx, workspaceId);
    const declared = mergeDeclarations(declarationsOf(replicas));
    const topics = new Set<Topic>([`ports:${workspaceId}`]);

    const rows = await selectPorts(trx, workspaceId).execute();
    const turnedHttps: string[] = [];
    for (const row of rows) {
      const next = declare(row, declared.byNumber.get(row.number));
      if (next === row) continue;
      await writeDeclared(trx, next);
      if (row.forwarded === 0 || row.visibility === 'private') continue;
      topics.add('ports');
      if (row.visibility === 'public' && becomesHttps(row, next)) turnedHttps.push(row.id);
    }
    if (turnedHttps.length > 0) {
      const ports = await selectShared(trx).where('port.id', 'in', turnedHttps).execute();
      await makePrivate(trx, ports.map(sharedRow), { reason: 'https', now: clock.now() });
      topics.add('activity');
    }
    const listening = replicas
      .filter(({ online }) => online)
      .flatMap((replica) => [...replica.listening.keys()]);
    await autoForward(trx, workspaceId, { declared, listening, now: clock.now() });
    return [...topics];
  });
}

/** The row with what is declared of it; the same object where that is what it holds. */
function declare(row: StoredPort, declared: DeclaredPort | undefined): StoredPort {
  const next = {
    ...row,
    declared_label: declared?.label ?? null,
    declared_protocol: declared?.protocol ?? null,
    origin: originOf(row.origin, declared?.forward ?? false),
  };
  const same =
    next.declared_label === row.declared_label &&
    next.declared_protocol === row.declared_protocol &&
    next.origin === row.origin;
  return same ? row : next;
}

/** What was forwarded by hand stays so; what the file no longer names is as if it had listened by itself. */
function originOf(origin: PortTable['origin'], declared: boolean): PortTable['origin'] {
  if (origin === 'manual') return origin;
  return declared ? 'devcontainer' : 'auto';
}

async function writeDeclared(trx: Kysely<Database>, row: StoredPort): Promise<void> {
  await trx
    .updateTable('port')
    .set((eb) => ({
      declared_label: row.declared_label,
      declared_protocol: row.declared_protocol,
      origin: row.origin,
      search: searchOf(row),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute();
}
