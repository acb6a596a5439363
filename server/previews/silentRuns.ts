import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/** Milliseconds after which nobody says any more how a run ended: its job was killed, or lost its network. */
const SILENT_MS = 60 * 60_000;

/** The code of a run that was given up. */
export const WITHOUT_A_WORD = 'no_word';

/** Gives up runs that nobody has said the end of for an hour. Returns the teams that they are of. */
export async function giveUpSilentRuns(db: Kysely<Database>, nowMs: number): Promise<string[]> {
  const rows = await db
    .updateTable('pipeline_run')
    .set({
      result: 'failed',
      code: WITHOUT_A_WORD,
      message: 'The job ended without a word: it was cancelled, killed or lost its network.',
      finished_at: new Date(nowMs).toISOString(),
    })
    .where('result', '=', 'running')
    .where('at', '<=', new Date(nowMs - SILENT_MS).toISOString())
    .returning('team_id')
    .execute();
  return rows.map((row) => row.team_id);
}
