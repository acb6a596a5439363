import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { page, PageQuery, type Page } from '../../contract/lists.ts';
import { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { noTunnels, summarizeTunnels } from '../agents/tunnelSummaries.ts';
import { findVpn } from '../db/lookup.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam } from '../http/teamAccess.ts';
import { countReplicas, noReplicas } from '../db/replicaCounts.ts';
import { VpnParams } from './vpnRows.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/workspaces',
  tags: ['VPNs'],
  summary: 'The workspaces that a VPN is connected to',
  request: { params: VpnParams, query: PageQuery },
  responses: {
    200: json(page(ConnectedWorkspace), 'A page of connected workspaces, by name.'),
    ...problems(400, 401, 404),
  },
});

export function registerConnectedWorkspaces(app: App, { db }: Deps): void {
  app.openapi(listRoute, async (c) => {
    const vpn = await findVpn(db, requireTeam(c).team.id, c.req.valid('param').vpn);
    return c.json(await listConnectedWorkspaces(db, vpn.id, c.req.valid('query')), 200);
  });
}

const order = [{ column: 'workspace.name' }, { column: 'workspace.id' }];

const connections = (db: Kysely<Database>, vpnId: string) =>
  db
    .selectFrom('vpn_workspace')
    .innerJoin('workspace', 'workspace.id', 'vpn_workspace.workspace_id')
    .innerJoin('user as owner', 'owner.id', 'workspace.owner_id')
    .leftJoin('user as connector', 'connector.id', 'vpn_workspace.connected_by')
    .where('vpn_workspace.vpn_id', '=', vpnId);

const selectConnections = (query: ReturnType<typeof connections>) =>
  query.select([
    'workspace.id',
    'workspace.name',
    'owner.id as ownerId',
    'owner.name as ownerName',
    'vpn_workspace.connected_at as connectedAt',
    'vpn_workspace.connected_by as connectorId',
    'connector.name as connectorName',
  ]);

type ConnectionRow = Awaited<ReturnType<ReturnType<typeof selectConnections>['execute']>>[number];

async function viewConnections(db: Kysely<Database>, vpnId: string, rows: readonly ConnectionRow[]) {
  const ids = rows.map((row) => row.id);
  const replicas = await countReplicas(db, ids);
  const tunnels = await summarizeTunnels(db, 'workspace', { ids, vpnId });
  return (row: ConnectionRow): ConnectedWorkspace => ({
    workspace: { id: row.id, name: row.name },
    owner: { id: row.ownerId, name: row.ownerName },
    connectedAt: row.connectedAt,
    connectedBy:
      row.connectorId === null || row.connectorName === null
        ? null
        : { id: row.connectorId, name: row.connectorName },
    replicas: replicas.get(row.id) ?? noReplicas,
    tunnels: tunnels.get(row.id) ?? noTunnels,
  });
}

async function listConnectedWorkspaces(
  db: Kysely<Database>,
  vpnId: string,
  query: PageQuery,
): Promise<Page<ConnectedWorkspace>> {
  let matching = connections(db, vpnId);
  const { search } = query;
  if (search !== undefined) matching = matching.where((eb) => contains(eb.ref('workspace.name'), search));
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await selectConnections(beyond)
    .orderBy('workspace.name')
    .orderBy('workspace.id')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total,
    key: (row) => [row.name, row.id],
    item: await viewConnections(db, vpnId, rows),
  });
}

/** One connection as it is shown; undefined where the VPN isn't connected to the workspace. */
export async function readConnection(
  db: Kysely<Database>,
  vpnId: string,
  workspaceId: string,
): Promise<ConnectedWorkspace | undefined> {
  const row = await selectConnections(
    connections(db, vpnId).where('workspace.id', '=', workspaceId),
  ).executeTakeFirst();
  return row && (await viewConnections(db, vpnId, [row]))(row);
}
