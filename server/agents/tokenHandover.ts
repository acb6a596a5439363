import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/**
 * How a join token is rotated without any replica losing its tunnels.
 *
 * From the moment of rotation the old token admits nobody new: whoever holds it without being one of its replicas (it
 * leaked, it is in somebody's shell history) is refused. The replicas that joined with it prove by their own secret that
 * they are those, so they keep their connection, or may come back once more, and are handed the new token. When one says
 * that it has stored it, it holds the new one; when the last has, the old token is revoked.
 *
 * A replica that is away at that moment has to be handed the token later. Therefore the new token's text is kept, sealed,
 * until nobody waits for it; at all other times only its hash is stored.
 */

/** The context a token that waits to be handed over is sealed with. */
export const handoverContext = (tokenId: string) => `token:${tokenId}:handover`;

/** Ends every rotation of the workspace that no replica waits for: revokes the old token, forgets the new one's text. */
export async function settleRotations(
  trx: Kysely<Database>,
  workspaceId: string,
  now: string,
): Promise<void> {
  await trx
    .updateTable('token')
    .set({ revoked_at: now })
    .where('kind', '=', 'join')
    .where('workspace_id', '=', workspaceId)
    .where('replaced_by', 'is not', null)
    .where('revoked_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('replica').select('replica.id').whereRef('replica.token_id', '=', 'token.id'))),
    )
    .execute();
  await trx
    .updateTable('token')
    .set({ sealed: null })
    .where('kind', '=', 'join')
    .where('workspace_id', '=', workspaceId)
    .where('sealed', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('token as old')
            .select('old.id')
            .whereRef('old.replaced_by', '=', 'token.id')
            .where('old.revoked_at', 'is', null),
        ),
      ),
    )
    .execute();
}

/** The replica has stored the token it was handed: from now on it holds that one. False when it was revoked meanwhile. */
export async function acceptHandover(
  db: Kysely<Database>,
  handover: { replicaId: string; workspaceId: string; tokenId: string; now: string },
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const token = await trx
      .selectFrom('token')
      .select('id')
      .where('id', '=', handover.tokenId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (!token) return false;
    await trx
      .updateTable('replica')
      .set({ token_id: token.id })
      .where('id', '=', handover.replicaId)
      .execute();
    await settleRotations(trx, handover.workspaceId, handover.now);
    return true;
  });
}
