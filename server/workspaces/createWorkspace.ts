import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { may } from '../../contract/permissions.ts';
import type { Activity } from '../../contract/team.ts';
import { Workspace, WorkspaceCreate } from '../../contract/workspaces.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Clock, Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag } from '../http/revision.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { requireFreeName } from './workspaceNames.ts';
import { readWorkspace } from './workspaceRows.ts';

const createWorkspaceRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/workspaces',
  tags: ['Workspaces'],
  summary: 'Create a workspace',
  description: 'It belongs to whoever creates it. Machines become its replicas with a join token.',
  middleware: [requires(may.createWorkspace)],
  request: { params: TeamParams, body: jsonBody(WorkspaceCreate) },
  responses: { 201: json(Workspace, 'The new workspace.'), ...problems(401, 403, 404, 422) },
});

export function registerWorkspaceCreation(app: App, { db, clock, bus }: Deps): void {
  app.openapi(createWorkspaceRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { name } = c.req.valid('json');
    const id = await db
      .transaction()
      .execute((trx) =>
        addWorkspace(trx, clock, { teamId: team.id, name, ownerId: viewer.userId, actor: actorOf(viewer) }),
      );
    bus.publish(team.id, ['workspaces', 'activity']);
    const workspace = await readWorkspace(db, team.id, id);
    c.header('etag', etag(workspace.revision));
    return c.json(workspace, 201);
  });
}

/** Adds a workspace to the team and to its activity, and returns its id. 422 when the name is taken. */
export async function addWorkspace(
  trx: Kysely<Database>,
  clock: Clock,
  workspace: { teamId: string; name: string; ownerId: string; actor: Activity['actor'] },
): Promise<string> {
  const { teamId, name, ownerId, actor } = workspace;
  const id = newId('ws');
  const now = clock.now();
  await requireFreeName(trx, teamId, name, null);
  await trx
    .insertInto('workspace')
    .values({ id, team_id: teamId, name, owner_id: ownerId, created_at: new Date(now).toISOString() })
    .execute();
  await recordActivity(trx, {
    teamId,
    now,
    actor,
    action: 'workspace.created',
    subject: { kind: 'workspace', id, name },
    summary: `Created the workspace ${name}.`,
  });
  return id;
}
