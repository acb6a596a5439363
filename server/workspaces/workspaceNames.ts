import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { refused } from '../http/problem.ts';

/** 422 when another workspace of the team has this name. Call it inside the transaction that writes. */
export async function requireFreeName(
  trx: Kysely<Database>,
  teamId: string,
  name: string,
  workspaceId: string | null,
): Promise<void> {
  let namesake = trx
    .selectFrom('workspace')
    .select('id')
    .where('team_id', '=', teamId)
    .where('name', '=', name);
  if (workspaceId !== null) namesake = namesake.where('id', '!=', workspaceId);
  if (await namesake.executeTakeFirst()) {
    throw refused([
      {
        path: 'name',
        code: 'name_taken',
        message: `The team has a workspace named ${name} already. Choose another name.`,
      },
    ]);
  }
}
