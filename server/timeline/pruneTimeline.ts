import { sql, type Kysely } from 'kysely';
import { TIMELINE } from '../../contract/timeline.ts';
import type { Database } from '../db/schema.ts';
import type { Clock, Log } from '../deps.ts';
import { recentOf } from './traffic.ts';

/** Between two looks at what is too old or too much. */
const EVERY_MS = 10 * 60_000;
/** Characters of a day of samples, with room for what comes until the next look. */
const LONG = 5_000;
const ROWS = 500;

/** Keeps the timelines within their size, now and every ten minutes. Returns the function that stops it. */
export function keepTimelinePruned({
  db,
  clock,
  log,
}: {
  db: Kysely<Database>;
  clock: Clock;
  log: Log;
}): () => void {
  let cancel = () => {};
  const again = () => {
    cancel = clock.after(EVERY_MS, again);
    pruneTimeline(db, clock).catch((error: unknown) =>
      log.error({ error: String(error) }, 'could not prune the timelines of tunnels'),
    );
  };
  again();
  return () => cancel();
}

/** Deletes events that are older than a day, or beyond the newest hundred of their tunnel, and samples older than a day. */
export async function pruneTimeline(db: Kysely<Database>, clock: Clock): Promise<void> {
  const oldest = new Date(clock.now() - TIMELINE.hours * 3_600_000).toISOString();
  await db.deleteFrom('tunnel_event').where('at', '<', oldest).execute();
  await db
    .deleteFrom('tunnel_event')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom(
          eb
            .selectFrom('tunnel_event')
            .select([
              'id',
              sql<number>`row_number() over (partition by replica_id, vpn_id order by id desc)`.as(
                'position',
              ),
            ])
            .as('ordered'),
        )
        .select('ordered.id')
        .where('ordered.position', '>', TIMELINE.events),
    )
    .execute();
  await trimTraffic(db, clock.now());
}

async function trimTraffic(db: Kysely<Database>, nowMs: number): Promise<void> {
  const long = await db
    .selectFrom('tunnel_traffic')
    .select(['replica_id', 'vpn_id', 'earlier'])
    .where(sql`length(earlier)`, '>', LONG)
    .limit(ROWS)
    .execute();
  for (const { replica_id: replicaId, vpn_id: vpnId, earlier } of long) {
    await db
      .updateTable('tunnel_traffic')
      .set({ earlier: recentOf(earlier, nowMs) })
      .where('replica_id', '=', replicaId)
      .where('vpn_id', '=', vpnId)
      // Another quarter of an hour may have ended meanwhile.
      .where('earlier', '=', earlier)
      .execute();
  }
}
