import type { Kysely } from 'kysely';
import type { Activity } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import { newId } from '../ids.ts';

/** What was done, by whom, to what. `summary` is one plain sentence without the actor, and never holds a secret. */
export type ActivityEntry = Omit<Activity, 'id' | 'at'> & { teamId: string; now: number };

/** Adds to the team's activity. Call it with the transaction that does the thing, so that both happen or neither. */
export async function recordActivity(trx: Kysely<Database>, entry: ActivityEntry): Promise<void> {
  await trx
    .insertInto('activity')
    .values({
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
    })
    .execute();
}
