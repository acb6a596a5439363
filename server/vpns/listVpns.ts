import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { page, type Page } from '../../contract/lists.ts';
import { Vpn, VpnListQuery } from '../../contract/vpns.ts';
import { countTunnels, groupTunnels } from '../agents/tunnelSummaries.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { selectVpns, viewVpns } from './vpnRows.ts';
import { vpnState } from './vpnState.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns',
  tags: ['VPNs'],
  summary: 'The team’s VPNs',
  request: { params: TeamParams, query: VpnListQuery },
  responses: { 200: json(page(Vpn), 'A page of VPNs.'), ...problems(400, 401, 404) },
});

export function registerVpnList(app: App, { db }: Deps): void {
  app.openapi(listRoute, async (c) =>
    c.json(await listVpns(db, requireTeam(c).team.id, c.req.valid('query')), 200),
  );
}

const sortColumns = { name: 'name_key', changed: 'updated_at', peerIp: 'peer_ip' } as const;

/** Which VPNs, in which order: the part that is read for all of them, so only ids and what sorts. */
function matchingVpns(db: Kysely<Database>, teamId: string, { search, sort }: VpnListQuery) {
  const descending = sort.startsWith('-');
  const by = sort.replace('-', '');
  const column =
    by === 'changed' ? sortColumns.changed : by === 'peerIp' ? sortColumns.peerIp : sortColumns.name;
  const order = [
    { column: `vpn.${column}`, descending },
    { column: 'vpn.id', descending },
  ];
  let query = db.selectFrom('vpn').where('vpn.team_id', '=', teamId);
  if (search !== undefined) query = query.where((eb) => contains(eb.ref('vpn.search'), search));
  return { query, order, column, direction: descending ? ('desc' as const) : ('asc' as const) };
}

export async function listVpns(
  db: Kysely<Database>,
  teamId: string,
  query: VpnListQuery,
): Promise<Page<Vpn>> {
  const { query: matching, order, column, direction } = matchingVpns(db, teamId, query);
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const sorted = beyond
    .select(['vpn.id', `vpn.${column} as sortValue`])
    .orderBy(`vpn.${column}`, direction)
    .orderBy('vpn.id', direction);

  // Only the state isn't known to the VPN's row. It is worked out for all of the team's VPNs at once, by one query.
  const { state } = query;
  let total: number;
  let found: { id: string; sortValue: string }[];
  if (state === undefined) {
    const counted = await matching
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    total = counted.total;
    found = await sorted.limit(query.limit + 1).execute();
  } else {
    const groups = await groupTunnels(db, 'vpn', { teamId });
    const inState = ({ id }: { id: string }) => vpnState(countTunnels(groups.get(id) ?? [])) === state;
    total = (await matching.select('vpn.id').execute()).filter(inState).length;
    found = (await sorted.execute()).filter(inState);
  }

  const ids = found.slice(0, query.limit).map((row) => row.id);
  const rows = ids.length === 0 ? [] : await selectVpns(db).where('vpn.id', 'in', ids).execute();
  const views = new Map((await viewVpns(db, rows)).map((vpn) => [vpn.id, vpn]));
  const shown = pageOf(found, {
    limit: query.limit,
    total,
    key: (row) => [row.sortValue, row.id],
    item: (row) => views.get(row.id),
  });
  // A VPN that was deleted between the queries is left out.
  return { ...shown, items: shown.items.filter((vpn) => vpn !== undefined) };
}
