import type { Kysely } from 'kysely';
import { GatewayKindName, type GatewayLink } from '../../contract/gatewayLinks.ts';
import type { Page, PageQuery } from '../../contract/lists.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { after, decodeCursor, pageOf, type Order } from '../http/paging.ts';
import { liveTokens } from '../session/tokens.ts';

const order: Order[] = [{ column: 'token.created_at', descending: true }, { column: 'token.id' }];

/**
 * Links that show somebody a configuration now: not expired or revoked, their VPN is there, and whoever made them is still
 * an admin of its team.
 */
export const liveLinks = (db: Kysely<Database>, clock: Clock) =>
  liveTokens(db, clock, 'gateway')
    .innerJoin('vpn', (join) =>
      join.onRef('vpn.id', '=', 'token.vpn_id').onRef('vpn.team_id', '=', 'token.team_id'),
    )
    .innerJoin('member as maker', (join) =>
      join
        .onRef('maker.team_id', '=', 'vpn.team_id')
        .onRef('maker.user_id', '=', 'token.created_by')
        .on('maker.role', '=', 'admin'),
    );

const linksOf = (db: Kysely<Database>, clock: Clock, vpnId: string) =>
  liveLinks(db, clock).innerJoin('user', 'user.id', 'maker.user_id').where('vpn.id', '=', vpnId);

const withMaker = (query: ReturnType<typeof linksOf>) =>
  query.select([
    'token.id',
    'token.gateway_kind',
    'token.gateway_pool',
    'token.created_at',
    'token.last_used_at',
    'token.expires_at',
    'user.id as makerId',
    'user.name as makerName',
  ]);

type Row = Awaited<ReturnType<ReturnType<typeof withMaker>['execute']>>[number];

const linkOf = (row: Row): GatewayLink => ({
  id: row.id,
  kind: GatewayKindName.parse(row.gateway_kind),
  pool: row.gateway_pool,
  createdAt: row.created_at,
  createdBy: { id: row.makerId, name: row.makerName },
  expiresAt: row.expires_at ?? '',
  lastUsedAt: row.last_used_at,
});

/** One page of a VPN's live links, newest first. */
export async function listGatewayLinks(
  db: Kysely<Database>,
  clock: Clock,
  vpnId: string,
  query: Omit<PageQuery, 'search'>,
): Promise<Page<GatewayLink>> {
  const matching = linksOf(db, clock, vpnId);
  const counted = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rest =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await withMaker(rest)
    .orderBy('token.created_at', 'desc')
    .orderBy('token.id')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total: counted.total,
    key: (row) => [row.created_at, row.id],
    item: linkOf,
  });
}

/** A live link of the VPN, or undefined. */
export async function readGatewayLink(
  db: Kysely<Database>,
  clock: Clock,
  vpnId: string,
  id: string,
): Promise<GatewayLink | undefined> {
  const row = await withMaker(linksOf(db, clock, vpnId))
    .where('token.id', '=', id)
    .executeTakeFirst();
  return row && linkOf(row);
}
