import type { Kysely } from 'kysely';
import type { Page, PageQuery } from '../../contract/lists.ts';
import type { JoinToken } from '../../contract/workspaces.ts';
import type { Database } from '../db/schema.ts';
import { notFound } from '../http/problem.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';

/** The workspace's join tokens that are good for something: not revoked, and not replaced by a newer one. */
const liveTokens = (db: Kysely<Database>, workspaceId: string) =>
  db
    .selectFrom('token')
    .leftJoin('user as creator', 'creator.id', 'token.created_by')
    .where('token.kind', '=', 'join')
    .where('token.workspace_id', '=', workspaceId)
    .where('token.revoked_at', 'is', null)
    .where('token.replaced_by', 'is', null);

const selectTokens = (query: ReturnType<typeof liveTokens>) =>
  query.select((eb) => [
    'token.id',
    'token.name',
    'token.created_at as createdAt',
    'token.last_used_at as lastUsedAt',
    'token.expires_at as expiresAt',
    'creator.id as creatorId',
    'creator.name as creatorName',
    // Those too that still hold one which it replaced: revoking it ends them as well.
    eb
      .selectFrom('replica')
      .innerJoin('token as held', 'held.id', 'replica.token_id')
      .where((held) =>
        held.or([
          held('held.id', '=', held.ref('token.id')),
          held('held.replaced_by', '=', held.ref('token.id')),
        ]),
      )
      .select((count) => count.fn.countAll<number>().as('count'))
      .as('replicas'),
  ]);

type TokenRow = Awaited<ReturnType<ReturnType<typeof selectTokens>['execute']>>[number];

const viewToken = (row: TokenRow): JoinToken => ({
  id: row.id,
  name: row.name,
  createdBy:
    row.creatorId === null || row.creatorName === null ? null : { id: row.creatorId, name: row.creatorName },
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  expiresAt: row.expiresAt,
  replicas: row.replicas ?? 0,
});

export async function readJoinToken(
  db: Kysely<Database>,
  workspaceId: string,
  id: string,
): Promise<JoinToken> {
  const row = await selectTokens(liveTokens(db, workspaceId).where('token.id', '=', id)).executeTakeFirst();
  if (!row) throw notFound('join token');
  return viewToken(row);
}

const order = [
  { column: 'token.created_at', descending: true },
  { column: 'token.id', descending: true },
];

/** Newest first. */
export async function listJoinTokens(
  db: Kysely<Database>,
  workspaceId: string,
  query: PageQuery,
): Promise<Page<JoinToken>> {
  const matching = liveTokens(db, workspaceId);
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await selectTokens(beyond)
    .orderBy('token.created_at', 'desc')
    .orderBy('token.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total,
    key: (row) => [row.createdAt, row.id],
    item: viewToken,
  });
}
