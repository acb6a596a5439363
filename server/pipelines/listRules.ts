import { createRoute } from '@hono/zod-openapi';
import { page, PageQuery } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, type Order, pageOf } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { trustRules } from './trustRules.ts';
import { viewRules } from './ruleView.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/trusted-repositories',
  tags: ['Pipelines'],
  summary: 'Trusted repositories',
  description:
    'The rules by which pipelines act for the team. None: none do. A rule never allows more than who made it may do, and ' +
    'stops when they leave the team or are no admin any more.',
  middleware: [requires(may.manageTrust)],
  request: { params: TeamParams, query: PageQuery.omit({ search: true }) },
  responses: { 200: json(page(TrustedRepository), 'Newest first.'), ...problems(400, 401, 403, 404) },
});

const order: Order[] = [{ column: 'trust_rule.created_at', descending: true }, { column: 'trust_rule.id' }];

export function registerRuleList(app: App, { db }: Deps): void {
  app.openapi(list, async (c) => {
    const { team } = requireTeam(c);
    const { cursor, limit } = c.req.valid('query');
    const { total } = await db
      .selectFrom('trust_rule')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('team_id', '=', team.id)
      .executeTakeFirstOrThrow();
    const all = trustRules(db, team.id);
    const rest = cursor === undefined ? all : all.where(after(order, decodeCursor(cursor, order.length)));
    const rows = await rest
      .orderBy('trust_rule.created_at', 'desc')
      .orderBy('trust_rule.id')
      .limit(limit + 1)
      .execute();
    const views = await viewRules(db, team.id, rows);
    return c.json(
      pageOf(views, { limit, total, key: (view) => [view.createdAt, view.id], item: (view) => view }),
      200,
    );
  });
}
