import type { Kysely } from 'kysely';
import type { Page, PageQuery } from '../../contract/lists.ts';
import type { Issuer } from '../../contract/pipelines/pipelines.ts';
import type { Database } from '../db/schema.ts';
import { notFound } from '../http/problem.ts';
import { after, decodeCursor, type Order, pageOf } from '../http/paging.ts';

const order: Order[] = [{ column: 'issuer.created_at' }, { column: 'issuer.id' }];

const issuers = (db: Kysely<Database>, teamId: string) =>
  db
    .selectFrom('issuer')
    .leftJoin('user', 'user.id', 'issuer.created_by')
    .select([
      'issuer.id',
      'issuer.provider',
      'issuer.url',
      'issuer.created_at',
      'issuer.created_by',
      'user.name as created_by_name',
    ])
    .select((eb) =>
      eb
        .selectFrom('trust_rule')
        .select((count) => count.fn.countAll<number>().as('rules'))
        .whereRef('trust_rule.issuer_id', '=', 'issuer.id')
        .as('rules'),
    )
    .where('issuer.team_id', '=', teamId);

type Row = Awaited<ReturnType<ReturnType<typeof issuers>['execute']>>[number];

const issuerOf = (row: Row): Issuer => ({
  id: row.id,
  provider: row.provider,
  url: row.url,
  createdAt: row.created_at,
  createdBy:
    row.created_by === null || row.created_by_name === null
      ? null
      : { id: row.created_by, name: row.created_by_name },
  rules: row.rules ?? 0,
});

/** One page of the team's issuers, oldest first. */
export async function listIssuers(
  db: Kysely<Database>,
  teamId: string,
  { cursor, limit }: Omit<PageQuery, 'search'>,
): Promise<Page<Issuer>> {
  const { total } = await db
    .selectFrom('issuer')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('team_id', '=', teamId)
    .executeTakeFirstOrThrow();
  const all = issuers(db, teamId);
  const rest = cursor === undefined ? all : all.where(after(order, decodeCursor(cursor, order.length)));
  const rows = await rest
    .orderBy('issuer.created_at')
    .orderBy('issuer.id')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, { limit, total, key: (row) => [row.created_at, row.id], item: issuerOf });
}

/** An issuer of the team; 404 otherwise. */
export async function readIssuer(db: Kysely<Database>, teamId: string, id: string): Promise<Issuer> {
  const row = await issuers(db, teamId).where('issuer.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('issuer');
  return issuerOf(row);
}
