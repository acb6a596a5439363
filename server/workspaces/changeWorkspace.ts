import { createRoute } from '@hono/zod-openapi';
import { sql, type Kysely } from 'kysely';
import { may } from '../../contract/permissions.ts';
import { Workspace, WorkspaceChange } from '../../contract/workspaces.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { refused } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { endAccess } from '../ports/endAccess.ts';
import { announceWorkspaceChange, connectedVpnIds } from './announceWorkspaceChange.ts';
import { requireFreeName } from './workspaceNames.ts';
import { readWorkspace, WorkspaceParams } from './workspaceRows.ts';

const getWorkspaceRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/workspaces/{workspace}',
  tags: ['Workspaces'],
  summary: 'A workspace',
  request: { params: WorkspaceParams },
  responses: { 200: json(Workspace, 'The workspace, its revision as ETag.'), ...problems(401, 404) },
});

const changeWorkspaceRoute = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}/workspaces/{workspace}',
  tags: ['Workspaces'],
  summary: 'Rename a workspace, or hand it over',
  description:
    'Its replicas are renamed with it. Tunnels aren’t restarted. Handed over, its join commands admit no further replica, ' +
    'and only the new owner reaches its private ports.',
  request: { params: WorkspaceParams, headers: IfMatch, body: jsonBody(WorkspaceChange) },
  responses: {
    200: json(Workspace, 'The workspace as it is now.'),
    ...problems(401, 403, 404, 412, 422, 428),
  },
});

export function registerWorkspaceChanges(app: App, { db, clock, bus }: Deps): void {
  app.openapi(getWorkspaceRoute, async (c) => {
    const { team } = requireTeam(c);
    const { id } = await findWorkspace(db, team.id, c.req.valid('param').workspace);
    const workspace = await readWorkspace(db, team.id, id);
    c.header('etag', etag(workspace.revision));
    return c.json(workspace, 200);
  });

  app.openapi(changeWorkspaceRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const change = c.req.valid('json');
    const done = await db.transaction().execute(async (trx) => {
      const stored = await findWorkspace(trx, team.id, c.req.valid('param').workspace);
      allow(may.manageWorkspace(actor, { ownerId: stored.owner_id }));
      await matchRevision(c, stored.revision, () => readWorkspace(trx, team.id, stored.id));
      const name = change.name ?? stored.name;
      const ownerId = change.ownerId ?? stored.owner_id;
      const summaries: string[] = [];
      if (name !== stored.name) {
        await requireFreeName(trx, team.id, name, stored.id);
        await renameReplicas(trx, stored.id, name);
        summaries.push(`Renamed the workspace ${stored.name} to ${name}.`);
      }
      if (ownerId !== stored.owner_id) {
        const owner = await requireMember(trx, team.id, ownerId);
        summaries.push(`Made ${owner.name} the owner of the workspace ${name}.`);
        await endAccess(trx, [stored.id]);
        await expireJoinTokens(trx, stored.id, new Date(clock.now()).toISOString());
      }
      const vpnIds = await connectedVpnIds(trx, stored.id);
      if (summaries.length === 0) return { id: stored.id, vpnIds };
      await trx
        .updateTable('workspace')
        .set({ name, owner_id: ownerId, revision: stored.revision + 1 })
        .where('id', '=', stored.id)
        .execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'workspace.changed',
        subject: { kind: 'workspace', id: stored.id, name },
        summary: summaries.join(' '),
      });
      return { id: stored.id, vpnIds };
    });
    announceWorkspaceChange(bus, team.id, done.id, done.vpnIds);
    const workspace = await readWorkspace(db, team.id, done.id);
    c.header('etag', etag(workspace.revision));
    return c.json(workspace, 200);
  });
}

/** Their IKE identities stay: those are fixed at joining, so that no tunnel restarts for a name. */
async function renameReplicas(trx: Kysely<Database>, workspaceId: string, name: string): Promise<void> {
  await trx
    .updateTable('replica')
    .set({ name: sql<string>`${`${name}-`} || cast(ordinal as text)` })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

/** Expired rather than revoked: replicas that joined stay, but whoever kept the join command can’t add another. */
async function expireJoinTokens(trx: Kysely<Database>, workspaceId: string, now: string): Promise<void> {
  await trx
    .updateTable('token')
    .set({ expires_at: now })
    .where('kind', '=', 'join')
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .execute();
}

async function requireMember(
  trx: Kysely<Database>,
  teamId: string,
  userId: string,
): Promise<{ name: string }> {
  const member = await trx
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .select('user.name')
    .where('member.team_id', '=', teamId)
    .where('member.user_id', '=', userId)
    .executeTakeFirst();
  if (member) return member;
  throw refused([{ path: 'ownerId', code: 'not_a_member', message: 'Choose a member of the team.' }]);
}
