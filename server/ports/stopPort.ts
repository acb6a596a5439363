import { createRoute } from '@hono/zod-openapi';
import { portCan } from '../../contract/portAccess.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { noContent, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { announcePortChange } from './announcePorts.ts';
import { deedsOf, entryOf } from './portActivity.ts';
import { findPort, lockWorkspace, parsePort, PortParams } from './portParams.ts';

const stopRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/ports/{port}',
  tags: ['Ports'],
  summary: 'Stop forwarding a port',
  description:
    'Whoever is connected is cut off within a second. It isn’t forwarded again by itself; forwarded by hand, it is back at ' +
    'the same address.',
  request: { params: PortParams },
  responses: { 204: noContent('It isn’t forwarded any more.'), ...problems(401, 403, 404, 422) },
});

export function registerPortStop(app: App, { db, clock, bus }: Deps): void {
  app.openapi(stopRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const number = parsePort(params.port);
    const workspaceId = await db.transaction().execute(async (trx) => {
      const workspace = await lockWorkspace(trx, team.id, params.workspace);
      allow(portCan.stop(actor, { ownerId: workspace.owner_id }));
      const row = await findPort(trx, workspace.id, number);
      if (row?.forwarded !== 1) throw notFound('port');
      // It keeps its visibility: forwarded again, its owner is told what it was.
      await trx
        .updateTable('port')
        .set((eb) => ({
          forwarded: 0,
          notice_from: null,
          notice_reason: null,
          notice_at: null,
          access_epoch: eb('access_epoch', '+', 1),
          revision: eb('revision', '+', 1),
        }))
        .where('id', '=', row.id)
        .execute();
      const by = { teamId: team.id, workspace, now: clock.now(), actor: actorOf(viewer) };
      await recordActivity(trx, entryOf(deedsOf(number, workspace.name).stopped(), by));
      return workspace.id;
    });
    announcePortChange(bus, team.id, workspaceId);
    return c.body(null, 204);
  });
}
