import type { Kysely } from 'kysely';
import type { Activity } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import { newId } from '../ids.ts';

/** What was done, by whom, to what. `summary` is one plain sentence without the actor, and never holds a secret. */
export type ActivityEntry = Omit<Activity, 'id' | 'at'> & { teamId: string; now: number };

/** Adds to the team's activity. Call it with the transaction that does the thing, so that both happen or neither. */
export async function recordActivity(trx: Kysely<Database>, entry: ActivityEntry): Promise<void> {
  await recordActivities(trx, [entry]);
}

/** Entries of one statement: 11 parameters each. */
const ENTRIES = 500;

/** Adds several at once, as `recordActivity` does. */
export async function recordActivities(
  trx: Kysely<Database>,
  entries: readonly ActivityEntry[],
): Promise<void> {
  for (let at = 0; at < entries.length; at += ENTRIES) {
    await trx
      .insertInto('activity')
      .values(
        entries.slice(at, at + ENTRIES).map((entry) => ({
          id: newId('act'),
          team_id: entry.teamId,
          at: new Date(entry.now).toISOString(),
          actor_kind: entry.actor.kind,
          actor_id: entry.actor.id,
          actor_name: entry.actor.name,
          action: entry.action,
          subject_kind: entry.subject.kind,
          subject_id: entry.subject.id,
          subject_name: entry.subject.name,
          summary: entry.summary,
        })),
      )
      .execute();
  }
}
