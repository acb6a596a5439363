import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { page, PageQuery, type Page } from '../../contract/lists.ts';
import { may, type Actor } from '../../contract/permissions.ts';
import { ConnectionCandidate } from '../../contract/workspaces.ts';
import { findVpn } from '../db/lookup.ts';
import { countReplicas, noReplicas } from '../db/replicaCounts.ts';
import { contains } from '../db/search.ts';
import { withClaimedSubnets } from '../db/underWay.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import type { Deps, SecretBox } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam } from '../http/teamAccess.ts';
import type { Selectable } from 'kysely';
import { neighbours, obstaclesOf, sharedGatewayWarnings } from '../db/connectable.ts';
import { VpnParams } from './vpnRows.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/candidates',
  tags: ['VPNs'],
  summary: 'The workspaces that a VPN could be connected to',
  description: 'All of the team’s, with the reason where one can’t be added.',
  request: { params: VpnParams, query: PageQuery },
  responses: {
    200: json(page(ConnectionCandidate), 'A page of workspaces, by name.'),
    ...problems(400, 401, 404),
  },
});

export function registerConnectionCandidates(app: App, { db, secretBox }: Deps): void {
  app.openapi(listRoute, async (c) => {
    const { team, actor } = requireTeam(c);
    const vpn = await findVpn(db, team.id, c.req.valid('param').vpn);
    return c.json(await listCandidates(db, secretBox, actor, vpn, c.req.valid('query')), 200);
  });
}

const order = [{ column: 'workspace.name' }, { column: 'workspace.id' }];

async function listCandidates(
  db: Kysely<Database>,
  secretBox: SecretBox,
  actor: Actor,
  vpn: Selectable<VpnTable>,
  query: PageQuery,
): Promise<Page<ConnectionCandidate>> {
  let matching = db
    .selectFrom('workspace')
    .innerJoin('user as owner', 'owner.id', 'workspace.owner_id')
    .where('workspace.team_id', '=', vpn.team_id);
  const { search } = query;
  if (search !== undefined) matching = matching.where((eb) => contains(eb.ref('workspace.name'), search));
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await beyond
    .leftJoin('vpn_workspace as connection', (join) =>
      join.onRef('connection.workspace_id', '=', 'workspace.id').on('connection.vpn_id', '=', vpn.id),
    )
    .select([
      'workspace.id',
      'workspace.name',
      'owner.id as ownerId',
      'owner.name as ownerName',
      'connection.vpn_id as connectedVpnId',
    ])
    .orderBy('workspace.name')
    .orderBy('workspace.id')
    .limit(query.limit + 1)
    .execute();

  const ids = rows.map((row) => row.id);
  const replicas = await countReplicas(db, ids);
  const others = await neighbours(db, vpn.id, ids);
  const [claiming = vpn] = await withClaimedSubnets(db, [vpn]);
  const obstacles = obstaclesOf(claiming, others);
  const warnings = await sharedGatewayWarnings(secretBox, vpn, others);

  return pageOf(rows, {
    limit: query.limit,
    total,
    key: (row) => [row.name, row.id],
    item: (row): ConnectionCandidate => {
      const connected = row.connectedVpnId !== null;
      const permission = may.connectWorkspace(actor, { ownerId: row.ownerId });
      const obstacle = permission.allowed
        ? (obstacles.get(row.id) ?? null)
        : { code: 'not_allowed', message: permission.reason };
      return {
        workspace: { id: row.id, name: row.name },
        owner: { id: row.ownerId, name: row.ownerName },
        replicas: replicas.get(row.id) ?? noReplicas,
        connected,
        blocked: connected ? null : obstacle,
        warning: connected || obstacle ? null : (warnings.get(row.id) ?? null),
      };
    },
  });
}
