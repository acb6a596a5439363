import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { page, type Page } from '../../contract/lists.ts';
import { Workspace, WorkspaceListQuery } from '../../contract/workspaces.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { selectWorkspaces, viewWorkspaces } from './workspaceRows.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/workspaces',
  tags: ['Workspaces'],
  summary: 'The team’s workspaces',
  description: '`search` looks into names and owners.',
  request: { params: TeamParams, query: WorkspaceListQuery },
  responses: { 200: json(page(Workspace), 'A page of workspaces.'), ...problems(400, 401, 404) },
});

export function registerWorkspaceList(app: App, { db }: Deps): void {
  app.openapi(listRoute, async (c) =>
    c.json(await listWorkspaces(db, requireTeam(c).team.id, c.req.valid('query')), 200),
  );
}

const sorts = {
  name: { column: 'workspace.name', descending: false },
  '-name': { column: 'workspace.name', descending: true },
  created: { column: 'workspace.created_at', descending: false },
  '-created': { column: 'workspace.created_at', descending: true },
} as const;

export async function listWorkspaces(
  db: Kysely<Database>,
  teamId: string,
  { search, sort, cursor, limit }: WorkspaceListQuery,
): Promise<Page<Workspace>> {
  let matching = selectWorkspaces(db).where('workspace.team_id', '=', teamId);
  if (search !== undefined) {
    matching = matching.where((eb) =>
      eb.or([contains(eb.ref('workspace.name'), search), contains(eb.ref('owner.search'), search)]),
    );
  }
  const { total } = await matching
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();

  const { column, descending } = sorts[sort];
  const order = [
    { column, descending },
    { column: 'workspace.id', descending },
  ];
  const direction = descending ? 'desc' : 'asc';
  const beyond =
    cursor === undefined ? matching : matching.where(after(order, decodeCursor(cursor, order.length)));
  const rows = await beyond
    .orderBy(column, direction)
    .orderBy('workspace.id', direction)
    .limit(limit + 1)
    .execute();
  const views = new Map((await viewWorkspaces(db, rows.slice(0, limit))).map((view) => [view.id, view]));
  const shown = pageOf(rows, {
    limit,
    total,
    key: (row) => [column === 'workspace.name' ? row.name : row.created_at, row.id],
    item: (row) => views.get(row.id),
  });
  return { ...shown, items: shown.items.filter((workspace) => workspace !== undefined) };
}
