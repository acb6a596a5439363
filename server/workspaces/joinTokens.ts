import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { page, PageQuery } from '../../contract/lists.ts';
import { may, type Actor } from '../../contract/permissions.ts';
import type { Activity } from '../../contract/team.ts';
import { JoinToken, JoinTokenCreate, JoinTokenCreated } from '../../contract/workspaces.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { joinCommand } from '../agents/install.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Database } from '../db/schema.ts';
import type { Clock, Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { allow, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { issueToken } from '../session/tokens.ts';
import { listJoinTokens, readJoinToken } from './joinTokenRows.ts';
import { WorkspaceParams } from './workspaceRows.ts';

export const JoinTokenParams = TeamParams.extend({
  joinToken: z.string().meta({ description: 'The join token’s id.' }),
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/join-tokens',
  tags: ['Join tokens'],
  summary: 'The join tokens of a workspace',
  request: { params: WorkspaceParams, query: PageQuery },
  responses: {
    200: json(page(JoinToken), 'A page of join tokens, newest first.'),
    ...problems(400, 401, 404),
  },
});

const createTokenRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/join-tokens',
  tags: ['Join tokens'],
  summary: 'Create a join token',
  description: 'Any number of machines can join with it. It is shown once.',
  request: { params: WorkspaceParams, body: jsonBody(JoinTokenCreate) },
  responses: {
    201: json(JoinTokenCreated, 'The token, and the command to paste on a machine.'),
    ...problems(401, 403, 404, 422),
  },
});

const revokeRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/join-tokens/{joinToken}',
  tags: ['Join tokens'],
  summary: 'Revoke a join token',
  description:
    'It is refused at once. Replicas that hold it are disconnected, take down their tunnels and end; to bring one back, join it again.',
  request: { params: JoinTokenParams },
  responses: { 204: noContent('It is revoked.'), ...problems(401, 403, 404) },
});

export function registerJoinTokens(app: App, { db, clock, bus, hub, settings }: Deps): void {
  app.openapi(listRoute, async (c) => {
    const workspace = await findWorkspace(db, requireTeam(c).team.id, c.req.valid('param').workspace);
    return c.json(await listJoinTokens(db, workspace.id, c.req.valid('query')), 200);
  });

  app.openapi(createTokenRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const { name } = c.req.valid('json');
    const created = await db.transaction().execute(async (trx) => {
      const workspace = await findWorkspace(trx, team.id, c.req.valid('param').workspace);
      allow(may.manageWorkspace(actor, { ownerId: workspace.owner_id }));
      const { id, text } = await addJoinToken(trx, clock, workspace, {
        name,
        createdBy: viewer.userId,
        actor: actorOf(viewer),
      });
      return { id, token: text, workspaceId: workspace.id };
    });
    bus.publish(team.id, [`workspace:${created.workspaceId}`, 'activity']);
    const joinToken = await readJoinToken(db, created.workspaceId, created.id);
    const command = joinCommand(settings.publicUrl, created.token);
    return c.json({ joinToken, token: created.token, command }, 201);
  });

  app.openapi(revokeRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const done = await db.transaction().execute(async (trx) => {
      const token = await findJoinToken(trx, team.id, actor, c.req.valid('param').joinToken);
      // With those it replaced: what still holds one of them counts as its replica.
      const revoked = await trx
        .updateTable('token')
        .set({ revoked_at: new Date(clock.now()).toISOString(), sealed: null })
        .where('kind', '=', 'join')
        .where('revoked_at', 'is', null)
        .where((eb) => eb.or([eb('id', '=', token.id), eb('replaced_by', '=', token.id)]))
        .returning('id')
        .execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'join-token.revoked',
        subject: { kind: 'workspace', id: token.workspaceId, name: token.workspaceName },
        summary: `Revoked the join token ${token.name} of the workspace ${token.workspaceName}.`,
      });
      return { workspaceId: token.workspaceId, ids: revoked.map((row) => row.id) };
    });
    hub.revoked(done.ids);
    bus.publish(team.id, [`workspace:${done.workspaceId}`, 'activity']);
    return c.body(null, 204);
  });
}

/** Adds a join token that doesn't expire to a workspace, and that to the activity. `text` is the raw token. */
export async function addJoinToken(
  trx: Kysely<Database>,
  clock: Clock,
  workspace: { id: string; team_id: string; name: string },
  token: { name: string; createdBy: string; actor: Activity['actor'] },
): Promise<{ id: string; text: string }> {
  const issued = await issueToken(trx, clock, {
    kind: 'join',
    teamId: workspace.team_id,
    workspaceId: workspace.id,
    name: token.name,
    createdBy: token.createdBy,
    lifetimeMs: null,
  });
  await recordActivity(trx, {
    teamId: workspace.team_id,
    now: clock.now(),
    actor: token.actor,
    action: 'join-token.created',
    subject: { kind: 'workspace', id: workspace.id, name: workspace.name },
    summary: `Created the join token ${token.name} for the workspace ${workspace.name}.`,
  });
  return issued;
}

/** A live join token of the team that the viewer may manage; 404, or 403 with the reason. */
export async function findJoinToken(trx: Kysely<Database>, teamId: string, actor: Actor, id: string) {
  const token = await trx
    .selectFrom('token')
    .innerJoin('workspace', 'workspace.id', 'token.workspace_id')
    .select(['token.id', 'token.name'])
    .select([
      'workspace.id as workspaceId',
      'workspace.name as workspaceName',
      'workspace.owner_id as ownerId',
    ])
    .where('token.id', '=', id)
    .where('token.kind', '=', 'join')
    .where('token.revoked_at', 'is', null)
    .where('token.replaced_by', 'is', null)
    .where('workspace.team_id', '=', teamId)
    .executeTakeFirst();
  if (!token) throw notFound('join token');
  allow(may.manageWorkspace(actor, token));
  return token;
}
