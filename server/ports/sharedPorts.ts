import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { page, type Page } from '../../contract/lists.ts';
import { SharedPort, SharedPortQuery } from '../../contract/ports.ts';
import { policyAllows } from '../../contract/visibility.ts';
import { labelOf, protocolOf } from '../db/portRow.ts';
import { countReplicas, noReplicas } from '../db/replicaCounts.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import type { Deps, ServerSettings } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { portStatus, sharerOf } from './mergePorts.ts';
import { loadPolicy } from './portFacts.ts';
import { portUrl } from './portUrl.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/ports',
  tags: ['Ports'],
  summary: 'Everything that the team shares right now',
  description: '`search` looks into workspaces, labels, numbers and owners.',
  request: { params: TeamParams, query: SharedPortQuery },
  responses: { 200: json(page(SharedPort), 'A page of shared ports.'), ...problems(400, 401, 404) },
});

export function registerSharedPorts(app: App, { db, settings }: Deps): void {
  app.openapi(listRoute, async (c) =>
    c.json(await listSharedPorts(db, settings, requireTeam(c).team.id, c.req.valid('query')), 200),
  );
}

const exposure = ['port.visibility', 'port.shared_at', 'port.id'] as const;
const byWorkspace = ['workspace.name', 'port.number', 'port.id'] as const;
const byTime = ['port.shared_at', 'port.id'] as const;

/** The id makes each order unique. Levels sort by their names: public comes after organization. */
const sorts = {
  exposure: { columns: exposure, descending: true },
  workspace: { columns: byWorkspace, descending: false },
  '-workspace': { columns: byWorkspace, descending: true },
  shared: { columns: byTime, descending: false },
  '-shared': { columns: byTime, descending: true },
} as const;

/** What members of the team, or anybody, can reach: nothing where this server forwards no ports. */
function sharedPorts(db: Kysely<Database>, teamId: string, levels: readonly SharedPort['visibility'][]) {
  return db
    .selectFrom('port')
    .innerJoin('workspace', 'workspace.id', 'port.workspace_id')
    .innerJoin('user as owner', 'owner.id', 'workspace.owner_id')
    .leftJoin('user as sharer', 'sharer.id', 'port.shared_by')
    .where('workspace.team_id', '=', teamId)
    .where('port.forwarded', '=', 1)
    .where('port.visibility', 'in', levels);
}

const selectShared = (query: ReturnType<typeof sharedPorts>) =>
  query
    .selectAll('port')
    .select(['workspace.name as workspaceName', 'owner.id as ownerId', 'owner.name as ownerName'])
    .select('sharer.name as sharedByName');

type SharedRow = Awaited<ReturnType<ReturnType<typeof selectShared>['execute']>>[number];

async function listSharedPorts(
  db: Kysely<Database>,
  settings: ServerSettings,
  teamId: string,
  { search, sort, visibility, cursor, limit }: SharedPortQuery,
): Promise<Page<SharedPort>> {
  const policy = await loadPolicy(db, teamId);
  const levels = (['organization', 'public'] as const).filter(
    (level) =>
      settings.portsDomain !== null && policyAllows(policy, level) && (visibility ?? level) === level,
  );
  if (levels.length === 0) return { items: [], nextCursor: null, total: 0 };
  let matching = sharedPorts(db, teamId, levels);
  if (search !== undefined) {
    matching = matching.where((eb) =>
      eb.or([
        contains(eb.ref('workspace.name'), search),
        contains(eb.ref('port.search'), search),
        contains(eb.ref('owner.search'), search),
      ]),
    );
  }
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();

  const { columns, descending } = sorts[sort];
  const order = columns.map((column) => ({ column, descending }));
  const beyond =
    cursor === undefined ? matching : matching.where(after(order, decodeCursor(cursor, order.length)));
  let sorted = selectShared(beyond);
  for (const column of columns) sorted = sorted.orderBy(column, descending ? 'desc' : 'asc');
  const rows = await sorted.limit(limit + 1).execute();
  const statusOf = await loadStatuses(db, rows);
  return pageOf(rows, {
    limit,
    total,
    key: (row) => columns.map((column) => keyPart(row, column)),
    item: (row) => viewShared(row, statusOf(row), settings),
  });
}

/** A row's value in a column that lists are sorted by. */
function keyPart(
  row: SharedRow,
  column: (typeof sorts)[keyof typeof sorts]['columns'][number],
): string | number {
  switch (column) {
    case 'port.visibility':
      return row.visibility;
    case 'port.shared_at':
      return row.shared_at ?? '';
    case 'workspace.name':
      return row.workspaceName;
    case 'port.number':
      return row.number;
    case 'port.id':
      return row.id;
  }
}

/** How each of these ports stands, from two queries however many there are. */
async function loadStatuses(db: Kysely<Database>, rows: readonly SharedRow[]) {
  const replicas = await countReplicas(db, [...new Set(rows.map((row) => row.workspace_id))]);
  const ids = rows.map((row) => row.id);
  const listening =
    ids.length === 0
      ? []
      : await db
          .selectFrom('port')
          .innerJoin('replica', 'replica.workspace_id', 'port.workspace_id')
          .innerJoin('replica_port', (join) =>
            join
              .onRef('replica_port.replica_id', '=', 'replica.id')
              .onRef('replica_port.number', '=', 'port.number'),
          )
          .select('port.id')
          .distinct()
          .where('port.id', 'in', ids)
          .where('replica.connection', 'is not', null)
          .execute();
  const listens = new Set(listening.map(({ id }) => id));
  return (row: SharedRow) => portStatus(listens.has(row.id), replicas.get(row.workspace_id) ?? noReplicas);
}

const viewShared = (row: SharedRow, status: SharedPort['status'], settings: ServerSettings): SharedPort => ({
  workspace: { id: row.workspace_id, name: row.workspaceName },
  owner: { id: row.ownerId, name: row.ownerName },
  port: row.number,
  label: labelOf(row),
  protocol: protocolOf(row),
  visibility: row.visibility,
  url: portUrl(settings, row.host) ?? '',
  status,
  sharedBy: sharerOf(row),
  sharedAt: row.shared_at ?? row.created_at,
  revision: row.revision,
});
