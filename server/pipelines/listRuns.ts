import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { page } from '../../contract/lists.ts';
import { PipelineRun, PipelineRunQuery } from '../../contract/pipelines/pipelines.ts';
import { findVpn } from '../db/lookup.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, type Order, pageOf } from '../http/paging.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/pipeline-runs',
  tags: ['Pipelines'],
  summary: 'What pipelines did',
  description:
    'The last runs that brought a preview up or took it down, and those that were refused, with what a rule would have to say. ' +
    '`vpn`: of this VPN alone, by its id or name.',
  request: { params: TeamParams, query: PipelineRunQuery },
  responses: { 200: json(page(PipelineRun), 'Newest first.'), ...problems(400, 401, 404) },
});

const order: Order[] = [{ column: 'pipeline_run.at', descending: true }, { column: 'pipeline_run.id' }];

const runs = (db: Kysely<Database>, teamId: string, vpnId: string | undefined) =>
  db
    .selectFrom('pipeline_run')
    .where('pipeline_run.team_id', '=', teamId)
    .$if(vpnId !== undefined, (query) => query.where('pipeline_run.vpn_id', '=', vpnId ?? null));

const withNames = (query: ReturnType<typeof runs>) =>
  query
    .leftJoin('vpn', 'vpn.id', 'pipeline_run.vpn_id')
    .leftJoin('preview', 'preview.id', 'pipeline_run.preview_id')
    .leftJoin('workspace', 'workspace.id', 'preview.workspace_id')
    .selectAll('pipeline_run')
    .select(['vpn.name as vpn_name', 'workspace.id as workspace_id', 'workspace.name as workspace_name']);

type Row = Awaited<ReturnType<ReturnType<typeof withNames>['execute']>>[number];

const runOf = (row: Row): PipelineRun => ({
  id: row.id,
  at: row.at,
  finishedAt: row.finished_at,
  provider: row.provider,
  repository: row.repository_name,
  change: row.change,
  event: row.event,
  ref: row.ref,
  actor: row.actor_name,
  action: row.action,
  result: row.result,
  code: row.code,
  message: row.message,
  vpn: ref(row.vpn_id, row.vpn_name),
  workspace: ref(row.workspace_id, row.workspace_name),
  admittedBy: admittedBy(row),
  knownOwner: row.known_owner === 1,
});

const ref = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name });

/** Only what was refused for want of trust says who it was, to the last id. */
function admittedBy(row: Row): PipelineRun['admittedBy'] {
  const { issuer, event, ref: branch } = row;
  const owner = ref(row.owner_id, row.owner_name);
  const repository = ref(row.repository_id, row.repository_name);
  if (row.result !== 'refused' || issuer === null || !owner || !repository) return null;
  return { issuer, owner, repository, event, ref: branch };
}

export function registerRunList(app: App, { db }: Deps): void {
  app.openapi(list, async (c) => {
    const { team } = requireTeam(c);
    const { cursor, limit, vpn } = c.req.valid('query');
    const vpnId = vpn === undefined ? undefined : (await findVpn(db, team.id, vpn)).id;
    const all = runs(db, team.id, vpnId);
    const { total } = await all
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const rest = cursor === undefined ? all : all.where(after(order, decodeCursor(cursor, order.length)));
    const rows = await withNames(rest)
      .orderBy('pipeline_run.at', 'desc')
      .orderBy('pipeline_run.id')
      .limit(limit + 1)
      .execute();
    return c.json(pageOf(rows, { limit, total, key: (row) => [row.at, row.id], item: runOf }), 200);
  });
}
