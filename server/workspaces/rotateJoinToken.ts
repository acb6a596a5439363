import { createRoute } from '@hono/zod-openapi';
import { JoinTokenCreated } from '../../contract/workspaces.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { joinCommand } from '../agents/install.ts';
import { handoverContext, settleRotations } from '../agents/tokenHandover.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { newToken, sha256Hex } from '../tokens.ts';
import { findJoinToken, JoinTokenParams } from './joinTokens.ts';
import { readJoinToken } from './joinTokenRows.ts';

const rotateRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/join-tokens/{joinToken}/rotate',
  tags: ['Join tokens'],
  summary: 'Replace a join token by a new one',
  description:
    'The old one admits nobody new from now on. Replicas that joined with it are given the new one and keep their tunnels, also those that are away now and come back.',
  request: { params: JoinTokenParams },
  responses: {
    201: json(JoinTokenCreated, 'The new token, and the command to paste on a machine.'),
    ...problems(401, 403, 404),
  },
});

/** What rotation means, and why the new token is kept sealed for a while: server/agents/tokenHandover.ts. */
export function registerJoinTokenRotation(app: App, deps: Deps): void {
  const { db, clock, bus, hub, secretBox, settings } = deps;

  app.openapi(rotateRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const id = newId('tok');
    const token = newToken('join');
    const hash = await sha256Hex(token);
    const sealed = await secretBox.seal(token, handoverContext(id));

    const done = await db.transaction().execute(async (trx) => {
      const old = await findJoinToken(trx, team.id, actor, c.req.valid('param').joinToken);
      const now = new Date(clock.now()).toISOString();
      await trx
        .insertInto('token')
        .values({
          id,
          kind: 'join',
          hash,
          team_id: team.id,
          workspace_id: old.workspaceId,
          name: old.name,
          created_by: viewer.userId,
          created_at: now,
          // An old one that had stopped admitting replicas, since its maker left, is made good by this.
          expires_at: null,
          sealed,
        })
        .execute();
      // Replicas that missed the last rotation too go straight to the newest.
      const replaced = await trx
        .updateTable('token')
        .set({ replaced_by: id, sealed: null })
        .where('kind', '=', 'join')
        .where('revoked_at', 'is', null)
        .where((eb) => eb.or([eb('id', '=', old.id), eb('replaced_by', '=', old.id)]))
        .returning('id')
        .execute();
      await settleRotations(trx, old.workspaceId, now);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'join-token.rotated',
        subject: { kind: 'workspace', id: old.workspaceId, name: old.workspaceName },
        summary: `Replaced the join token ${old.name} of the workspace ${old.workspaceName} by a new one.`,
      });
      return { workspaceId: old.workspaceId, replacedIds: replaced.map((row) => row.id) };
    });
    hub.handOver(done.replacedIds, { tokenId: id, token });
    bus.publish(team.id, [`workspace:${done.workspaceId}`, 'activity']);
    const joinToken = await readJoinToken(db, done.workspaceId, id);
    return c.json({ joinToken, token, command: joinCommand(settings.publicUrl, token) }, 201);
  });
}
