import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { page, PageQuery, type Page } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { IpsecCapability, Replica } from '../../contract/workspaces.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { settleRotations } from '../agents/tokenHandover.ts';
import { readJson } from '../db/json.ts';
import { findWorkspace } from '../db/lookup.ts';
import { contains } from '../db/search.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';
import { json, noContent, problems } from '../http/responses.ts';
import { allow, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { announceWorkspaceChange, connectedVpnIds } from './announceWorkspaceChange.ts';
import { WorkspaceParams } from './workspaceRows.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/replicas',
  tags: ['Workspaces'],
  summary: 'The replicas of a workspace',
  request: { params: WorkspaceParams, query: PageQuery },
  responses: { 200: json(page(Replica), 'A page of replicas, by number.'), ...problems(400, 401, 404) },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/replicas/{replica}',
  tags: ['Workspaces'],
  summary: 'Remove a replica',
  description: 'It takes down its tunnels, forgets its state and ends: at once, or when it comes back.',
  request: { params: TeamParams.extend({ replica: z.string().meta({ description: 'The replica’s id.' }) }) },
  responses: { 204: noContent('It is gone.'), ...problems(401, 403, 404) },
});

export function registerReplicas(app: App, { db, clock, bus, hub }: Deps): void {
  app.openapi(listRoute, async (c) => {
    const workspace = await findWorkspace(db, requireTeam(c).team.id, c.req.valid('param').workspace);
    return c.json(await listReplicas(db, workspace, c.req.valid('query')), 200);
  });

  app.openapi(removeRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const done = await db.transaction().execute(async (trx) => {
      const replica = await trx
        .selectFrom('replica')
        .innerJoin('workspace', 'workspace.id', 'replica.workspace_id')
        .select(['replica.id', 'replica.name', 'replica.key', 'workspace.id as workspaceId'])
        .select(['workspace.name as workspaceName', 'workspace.owner_id as ownerId'])
        .where('replica.id', '=', c.req.valid('param').replica)
        .where('workspace.team_id', '=', team.id)
        .executeTakeFirst();
      if (!replica) throw notFound('replica');
      allow(may.manageWorkspace(actor, replica));
      const now = new Date(clock.now()).toISOString();
      await trx.deleteFrom('replica').where('id', '=', replica.id).execute();
      await trx
        .insertInto('removed_replica')
        .values({ workspace_id: replica.workspaceId, key: replica.key, removed_at: now })
        .execute();
      await settleRotations(trx, replica.workspaceId, now);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'replica.removed',
        subject: { kind: 'workspace', id: replica.workspaceId, name: replica.workspaceName },
        summary: `Removed the replica ${replica.name}.`,
      });
      return { ...replica, vpnIds: await connectedVpnIds(trx, replica.workspaceId) };
    });
    hub.removed([done.id]);
    announceWorkspaceChange(bus, team.id, done.workspaceId, done.vpnIds);
    return c.body(null, 204);
  });
}

const order = [{ column: 'replica.ordinal' }, { column: 'replica.id' }];

async function listReplicas(
  db: Kysely<Database>,
  workspace: { id: string; name: string },
  query: PageQuery,
): Promise<Page<Replica>> {
  let matching = db
    .selectFrom('replica')
    .leftJoin('token', (join) =>
      join.onRef('token.id', '=', 'replica.token_id').on('token.revoked_at', 'is', null),
    )
    .where('replica.workspace_id', '=', workspace.id);
  const { search } = query;
  if (search !== undefined) matching = matching.where((eb) => contains(eb.ref('replica.name'), search));
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await beyond
    .selectAll('replica')
    .select(['token.id as joinTokenId', 'token.name as joinTokenName'])
    .orderBy('replica.ordinal')
    .orderBy('replica.id')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total,
    key: (row) => [row.ordinal, row.id],
    item: (row): Replica => ({
      id: row.id,
      name: row.name,
      workspace: { id: workspace.id, name: workspace.name },
      hostname: row.hostname,
      online: row.connection !== null,
      since: row.since,
      joinedAt: row.joined_at,
      agentVersion: row.agent_version,
      platform: row.platform,
      ipsec: readJson(IpsecCapability, row.ipsec),
      joinToken:
        row.joinTokenId === null || row.joinTokenName === null
          ? null
          : { id: row.joinTokenId, name: row.joinTokenName },
    }),
  });
}
