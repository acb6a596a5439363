import { sql, type Kysely } from 'kysely';
import type { Page, PageQuery } from '../../contract/lists.ts';
import { may, type Actor } from '../../contract/permissions.ts';
import type { Member } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import { notFound } from '../http/problem.ts';
import { after, decodeCursor, pageOf, type Order } from '../http/paging.ts';
import type { Clock } from '../deps.ts';
import { liveTokens } from '../session/tokens.ts';

/** By name, whatever its case; the lower-case name is computed by the database, so the cursor holds what it compared. */
const nameKey = sql<string>`lower("user"."name")`;
const order: Order[] = [{ column: nameKey }, { column: 'user.id' }];

const members = (db: Kysely<Database>, teamId: string) =>
  db.selectFrom('member').innerJoin('user', 'user.id', 'member.user_id').where('member.team_id', '=', teamId);

const withDetails = (db: Kysely<Database>, clock: Clock, teamId: string, query: ReturnType<typeof members>) =>
  query.select((eb) => [
    'user.id',
    'user.name',
    'user.email',
    'user.last_seen_at',
    'member.role',
    'member.joined_at',
    nameKey.as('name_key'),
    eb
      .selectFrom('workspace')
      .select((count) => count.fn.countAll<number>().as('count'))
      .whereRef('workspace.owner_id', '=', 'user.id')
      .where('workspace.team_id', '=', teamId)
      .as('workspaces'),
    liveTokens(db, clock, 'api')
      .select((count) => count.fn.countAll<number>().as('count'))
      .where('token.user_id', '=', eb.ref('user.id'))
      .where('token.team_id', '=', teamId)
      .as('api_tokens'),
  ]);

type Row = Awaited<ReturnType<ReturnType<typeof withDetails>['execute']>>[number];

const memberOf = (row: Row, viewer: Actor): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  joinedAt: row.joined_at,
  lastSeenAt: row.last_seen_at,
  workspaces: row.workspaces ?? 0,
  apiTokens: may.revokeApiToken(viewer, { ownerId: row.id }).allowed ? (row.api_tokens ?? 0) : null,
});

type Deps = { db: Kysely<Database>; clock: Clock };

/** One page of the team’s members, by name, as this member may see them. */
export async function listMembers(
  { db, clock }: Deps,
  teamId: string,
  viewer: Actor,
  query: PageQuery,
): Promise<Page<Member>> {
  let matching = members(db, teamId);
  if (query.search !== undefined) matching = matching.where(contains(sql.ref('user.search'), query.search));
  const counted = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rest =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await withDetails(db, clock, teamId, rest)
    .orderBy(nameKey)
    .orderBy('user.id')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total: counted.total,
    key: (row) => [row.name_key, row.id],
    item: (row) => memberOf(row, viewer),
  });
}

/** The member with this user id, as an admin sees them; 404 where the team has none. */
export async function readMember({ db, clock }: Deps, teamId: string, userId: string): Promise<Member> {
  const row = await withDetails(db, clock, teamId, members(db, teamId))
    .where('user.id', '=', userId)
    .executeTakeFirst();
  if (!row) throw notFound('member');
  return memberOf(row, { userId, role: 'admin' });
}
