import type { Clock, Deps } from '../deps.ts';
import { createWatch } from '../http/watchAgain.ts';
import type { Viewer } from '../session/viewer.ts';
import { liveTokens } from '../session/tokens.ts';

/** Milliseconds between looks: access that has ended is felt within a second, at one query for everybody. */
const EVERY_MS = 500;

export type EndReason = 'signed-out' | 'removed';
type Watched = { viewer: Viewer; teamId: string; ended: (reason: EndReason) => void };

/**
 * Looks whether the sessions, API tokens and memberships of long-lived answers still hold, all of them together. It asks
 * the database, so it doesn’t matter which server ended them. Returns the function that watches one; that returns the
 * function which stops.
 */
export function createAccessWatch({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>) {
  return createWatch<Watched>({
    clock,
    log,
    everyMs: EVERY_MS,
    failed: 'could not look whether access still holds',
    async look(some, end) {
      const tokens = await liveTokenIds(db, clock, some);
      const members = await membersAmong(db, some);
      for (const one of some) {
        const reason = !tokens.has(one.viewer.via.tokenId)
          ? 'signed-out'
          : members.has(`${one.teamId} ${one.viewer.userId}`)
            ? null
            : 'removed';
        if (reason !== null && end(one)) one.ended(reason);
      }
    },
  });
}

async function liveTokenIds(db: Deps['db'], clock: Clock, some: readonly Watched[]): Promise<Set<string>> {
  const ids = some.map(({ viewer }) => viewer.via.tokenId);
  const rows = await liveTokens(db, clock, 'session', 'api').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

async function membersAmong(db: Deps['db'], some: readonly Watched[]): Promise<Set<string>> {
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
