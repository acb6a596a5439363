import type { Kysely } from 'kysely';
import type { Page, PageQuery } from '../../contract/lists.ts';
import type { ApiToken, OwnApiToken } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { after, decodeCursor, pageOf, type Order } from '../http/paging.ts';
import { liveTokens } from '../session/tokens.ts';

const order: Order[] = [{ column: 'token.created_at', descending: true }, { column: 'token.id' }];

const apiTokens = (db: Kysely<Database>, clock: Clock) =>
  liveTokens(db, clock, 'api')
    .innerJoin('user', 'user.id', 'token.user_id')
    .innerJoin('team', 'team.id', 'token.team_id');

const withOwner = (query: ReturnType<typeof apiTokens>) =>
  query.select([
    'token.id',
    'token.name',
    'token.made_by',
    'token.created_at',
    'token.last_used_at',
    'token.expires_at',
    'user.id as owner_id',
    'user.name as owner_name',
    'team.id as team_id',
    'team.name as team_name',
  ]);

type Row = Awaited<ReturnType<ReturnType<typeof withOwner>['execute']>>[number];

const apiTokenOf = (row: Row): ApiToken => ({
  id: row.id,
  name: row.name,
  owner: { id: row.owner_id, name: row.owner_name },
  madeBy: row.made_by,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
});

type Paging = Omit<PageQuery, 'search'>;

/** One page of the team’s live API tokens, newest first; only one person’s where `ownerId` is given. */
export async function listApiTokens(
  db: Kysely<Database>,
  clock: Clock,
  teamId: string,
  ownerId: string | null,
  query: Paging,
): Promise<Page<ApiToken>> {
  const ofTeam = apiTokens(db, clock).where('token.team_id', '=', teamId);
  const matching = ownerId === null ? ofTeam : ofTeam.where('token.user_id', '=', ownerId);
  return await newestFirst(matching, query, apiTokenOf);
}

/** One page of what acts as this person, in all their teams, newest first. */
export async function listOwnApiTokens(
  db: Kysely<Database>,
  clock: Clock,
  userId: string,
  query: Paging,
): Promise<Page<OwnApiToken>> {
  const matching = apiTokens(db, clock).where('token.user_id', '=', userId);
  return await newestFirst(matching, query, (row) => ({
    ...apiTokenOf(row),
    team: { id: row.team_id, name: row.team_name },
  }));
}

async function newestFirst<Item>(
  matching: ReturnType<typeof apiTokens>,
  query: Paging,
  item: (row: Row) => Item,
): Promise<Page<Item>> {
  const counted = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rest =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await withOwner(rest)
    .orderBy('token.created_at', 'desc')
    .orderBy('token.id')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total: counted.total,
    key: (row) => [row.created_at, row.id],
    item,
  });
}

/** A live API token of the team, or undefined. */
export async function readApiToken(
  db: Kysely<Database>,
  clock: Clock,
  teamId: string,
  id: string,
): Promise<ApiToken | undefined> {
  const row = await withOwner(apiTokens(db, clock))
    .where('token.team_id', '=', teamId)
    .where('token.id', '=', id)
    .executeTakeFirst();
  return row && apiTokenOf(row);
}
