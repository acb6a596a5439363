import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Clock, Log } from '../deps.ts';

const DAY_MS = 86_400_000;
/** How long what is over is kept, for whoever looks into what happened. */
const KEEP_MS = 30 * DAY_MS;

/** One more of these with each visit to a forwarded port, and nothing to look into. */
const brief = ['port', 'port_code'] as const;

/**
 * Deletes what let somebody in and has been over for 30 days, now and once a day; what let somebody in to a forwarded
 * port, as soon as it is over. Join tokens stay: replicas name the one they joined with. Returns the function that stops it.
 */
export function keepPruning({
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
    cancel = clock.after(DAY_MS, again);
    pruneTokens(db, clock).catch((error: unknown) =>
      log.error({ error: String(error) }, 'could not prune tokens'),
    );
  };
  again();
  return () => cancel();
}

export async function pruneTokens(db: Kysely<Database>, clock: Clock): Promise<void> {
  const now = new Date(clock.now()).toISOString();
  await db
    .deleteFrom('token')
    .where('kind', 'in', brief)
    .where((eb) => eb.or([eb('revoked_at', '<=', now), eb('expires_at', '<=', now)]))
    .execute();
  const before = new Date(clock.now() - KEEP_MS).toISOString();
  await db
    .deleteFrom('token')
    .where('kind', '!=', 'join')
    .where((eb) =>
      eb.or([
        eb('revoked_at', '<', before),
        eb('expires_at', '<', before),
        eb('idle_expires_at', '<', before),
      ]),
    )
    .execute();
}
