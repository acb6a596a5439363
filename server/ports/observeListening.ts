import type { Kysely } from 'kysely';
import type { ListeningPort } from '../../contract/agentProtocol.ts';
import type { Topic } from '../../contract/events.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { autoForward } from './autoForward.ts';
import { mergeDeclarations } from './declarations.ts';
import { declarationsOf } from './mergePorts.ts';
import { loadReplicas } from './portFacts.ts';
import { printable } from './printable.ts';
import { lockSpeaker, type Speaker } from './speaker.ts';

type Deps = { db: Kysely<Database>; clock: Clock };

/**
 * Stores what listens in a replica now, and forwards what is new and for forwarding. Returns what has to be read again:
 * nothing where the replica said what it had said before, for then nothing is written either.
 */
export async function observeListening(
  { db, clock }: Deps,
  speaker: Speaker,
  said: readonly ListeningPort[],
): Promise<Topic[]> {
  // Read without a lock: a replica’s messages are handled one after the other, and nobody else writes what it said.
  const { gone, started, changed } = differences(
    await readListening(db, speaker.replicaId),
    said.map(tidyPort),
  );
  if (gone.length + started.length + changed.length === 0) return [];
  return await db.transaction().execute(async (trx) => {
    if (!(await lockSpeaker(trx, speaker))) return [];
    const written = [...changed, ...started];
    const replaced = [...gone, ...written.map(({ port }) => port)];
    await trx
      .deleteFrom('replica_port')
      .where('replica_id', '=', speaker.replicaId)
      .where('number', 'in', replaced)
      .execute();
    if (written.length > 0) {
      await trx
        .insertInto('replica_port')
        .values(
          written.map(({ port, address, process }) => ({
            replica_id: speaker.replicaId,
            number: port,
            address,
            process,
          })),
        )
        .execute();
    }
    const appeared = started.map(({ port }) => port);
    if (appeared.length > 0) {
      const declared = mergeDeclarations(declarationsOf(await loadReplicas(trx, speaker.workspaceId)));
      await autoForward(trx, speaker.workspaceId, { declared, listening: appeared, now: clock.now() });
    }
    const shared = await anyShared(trx, speaker.workspaceId, [...gone, ...appeared]);
    return shared ? ['ports', `ports:${speaker.workspaceId}`] : [`ports:${speaker.workspaceId}`];
  });
}

const tidyPort = ({ port, address, process }: ListeningPort): ListeningPort => ({
  port,
  address: printable(address),
  process: process === null ? null : printable(process) || null,
});

const readListening = (db: Kysely<Database>, replicaId: string) =>
  db
    .selectFrom('replica_port')
    .select(['number', 'address', 'process'])
    .where('replica_id', '=', replicaId)
    .execute();

type Stored = Awaited<ReturnType<typeof readListening>>;

/** A port that is named twice counts once, as it was named first. */
function differences(stored: Stored, said: readonly ListeningPort[]) {
  const before = new Map(stored.map((row) => [row.number, row]));
  const now = new Map(said.toReversed().map((port) => [port.port, port]));
  const listening = [...now.values()];
  return {
    gone: stored.map(({ number }) => number).filter((number) => !now.has(number)),
    started: listening.filter(({ port }) => !before.has(port)),
    changed: listening.filter(({ port, address, process }) => {
      const row = before.get(port);
      return row !== undefined && (row.address !== address || row.process !== process);
    }),
  };
}

async function anyShared(trx: Kysely<Database>, workspaceId: string, numbers: number[]): Promise<boolean> {
  if (numbers.length === 0) return false;
  const row = await trx
    .selectFrom('port')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('number', 'in', numbers)
    .where('forwarded', '=', 1)
    .where('visibility', '!=', 'private')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
