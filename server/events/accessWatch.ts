import type { Clock, Deps } from '../deps.ts';
import type { Viewer } from '../session/viewer.ts';
import { liveTokens } from '../session/tokens.ts';

/** Milliseconds between looks: access that has ended is felt within a second, at one query for everybody. */
const EVERY_MS = 500;
/** Databases limit the parameters of a query. */
const CHUNK = 500;

export type EndReason = 'signed-out' | 'removed';
type Watched = { viewer: Viewer; teamId: string; ended: (reason: EndReason) => void };

/**
 * Looks whether the sessions, API tokens and memberships of long-lived answers still hold, all of them together. It asks
 * the database, so it doesn’t matter which server ended them. Returns the function that watches one; that returns the
 * function which stops.
 */
export function createAccessWatch({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>) {
  const watched = new Set<Watched>();
  let waiting = false;

  const schedule = () => {
    if (waiting || watched.size === 0) return;
    waiting = true;
    clock.after(EVERY_MS, () => {
      look()
        .catch((error: unknown) =>
          log.error({ error: String(error) }, 'could not look whether access still holds'),
        )
        .finally(() => {
          waiting = false;
          schedule();
        });
    });
  };

  async function look(): Promise<void> {
    for (const some of chunks([...watched], CHUNK)) {
      const tokens = await liveTokenIds(db, clock, some);
      const members = await membersAmong(db, some);
      for (const one of some) {
        if (!watched.has(one)) continue;
        const reason = !tokens.has(one.viewer.via.tokenId)
          ? 'signed-out'
          : members.has(`${one.teamId} ${one.viewer.userId}`)
            ? null
            : 'removed';
        if (reason === null) continue;
        watched.delete(one);
        one.ended(reason);
      }
    }
  }

  return (one: Watched): (() => void) => {
    watched.add(one);
    schedule();
    return () => void watched.delete(one);
  };
}

async function liveTokenIds(db: Deps['db'], clock: Clock, some: Watched[]): Promise<Set<string>> {
  const ids = some.map(({ viewer }) => viewer.via.tokenId);
  const rows = await liveTokens(db, clock, 'session', 'api').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

async function membersAmong(db: Deps['db'], some: Watched[]): Promise<Set<string>> {
  const teamIds = [...new Set(some.map(({ teamId }) => teamId))];
  const userIds = [...new Set(some.map(({ viewer }) => viewer.userId))];
  const rows = await db
    .selectFrom('member')
    .select(['team_id', 'user_id'])
    .where('team_id', 'in', teamIds)
    .where('user_id', 'in', userIds)
    .execute();
  return new Set(rows.map((row) => `${row.team_id} ${row.user_id}`));
}

function* chunks<Item>(items: Item[], size: number): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
