import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Clock, Log } from '../deps.ts';

/** Milliseconds between two notes that the server is there; how exactly “offline since” is known after a crash. */
const BEAT_MS = 10_000;
const SETTING = 'agents_seen_at';

/**
 * After a crash nobody noted when replicas went away. So a running server notes every few seconds that it runs: replicas
 * that were connected to it were seen then. One row, however many replicas.
 */
export type Presence = { start(): Promise<void>; stop(): void };

export function createPresence({
  db,
  clock,
  log,
}: {
  db: Kysely<Database>;
  clock: Clock;
  log: Log;
}): Presence {
  let cancel: (() => void) | null = null;
  let stopped = false;

  async function beat(): Promise<void> {
    const value = new Date(clock.now()).toISOString();
    try {
      await db
        .insertInto('setting')
        .values({ name: SETTING, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    } catch (error) {
      log.error({ err: error }, 'Could not note that the server runs');
    }
    if (!stopped) cancel = clock.after(BEAT_MS, () => void beat());
  }

  return {
    async start() {
      const seen = await db
        .selectFrom('setting')
        .select('value')
        .where('name', '=', SETTING)
        .executeTakeFirst();
      const now = new Date(clock.now()).toISOString();
      await db
        .updateTable('replica')
        .set((eb) => ({
          connection: null,
          since: eb
            .case()
            .when('since', '>', seen?.value ?? now)
            .then(eb.ref('since'))
            .else(seen?.value ?? now)
            .end(),
        }))
        .where('connection', 'is not', null)
        .execute();
      await beat();
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
