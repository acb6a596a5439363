import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { sha256Hex } from '../tokens.ts';
import type { JoinAccess } from './connection.ts';

/** `token_revoked` is final for an agent; `token_unknown` (a restored backup, the wrong server) is not. */
export type Authentication =
  { ok: true; access: JoinAccess } | { ok: false; problem: 'token_unknown' | 'token_revoked' };

/**
 * Who holds this join token. A token that was replaced, or that has expired, still lets in the replicas that joined with
 * it: whether this is one of them shows in the `hello`.
 */
export async function authenticate(db: Kysely<Database>, token: string): Promise<Authentication> {
  const row = await db
    .selectFrom('token')
    .select(['id', 'team_id', 'workspace_id', 'revoked_at'])
    .where('hash', '=', await sha256Hex(token))
    .where('kind', '=', 'join')
    .executeTakeFirst();
  if (!row) return { ok: false, problem: 'token_unknown' };
  if (row.revoked_at !== null || row.workspace_id === null || row.team_id === null) {
    return { ok: false, problem: 'token_revoked' };
  }
  return { ok: true, access: { tokenId: row.id, workspaceId: row.workspace_id, teamId: row.team_id } };
}
