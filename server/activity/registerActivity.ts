import { createRoute } from '@hono/zod-openapi';
import { sql, type Kysely, type Selectable } from 'kysely';
import { z } from 'zod';
import { page, PageQuery, type Page } from '../../contract/lists.ts';
import { Activity } from '../../contract/team.ts';
import type { ActivityTable, Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, pageOf, type Order } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';

const ActivityQuery = PageQuery.extend({
  subject: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'The id of a VPN, a workspace or a member: only what was done to it.' }),
});

const list = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/activity',
  tags: ['Team'],
  summary: 'Who did what, when',
  request: { params: TeamParams, query: ActivityQuery },
  responses: { 200: json(page(Activity), 'Newest first.'), ...problems(400, 401, 404) },
});

export function registerActivity(app: App, { db }: Deps): void {
  app.openapi(list, async (c) =>
    c.json(await listActivity(db, requireTeam(c).team.id, c.req.valid('query')), 200),
  );
}

const order: Order[] = [
  { column: 'at', descending: true },
  { column: 'id', descending: true },
];

/** What people search in an entry: its sentence, who did it, and what to. */
const searched = sql<string>`lower(summary || ' ' || actor_name || ' ' || subject_name)`;

async function listActivity(
  db: Kysely<Database>,
  teamId: string,
  query: z.infer<typeof ActivityQuery>,
): Promise<Page<Activity>> {
  let matching = db.selectFrom('activity').where('team_id', '=', teamId);
  if (query.subject !== undefined) matching = matching.where('subject_id', '=', query.subject);
  if (query.search !== undefined) matching = matching.where(contains(searched, query.search));
  const counted = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rest =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await rest
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total: counted.total,
    key: (row) => [row.at, row.id],
    item: activityOf,
  });
}

const activityOf = (row: Selectable<ActivityTable>): Activity => ({
  id: row.id,
  at: row.at,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
  summary: row.summary,
});
