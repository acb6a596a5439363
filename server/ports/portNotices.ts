import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { portCan } from '../../contract/portAccess.ts';
import { OwnPortNotice } from '../../contract/ports.ts';
import { labelOf } from '../db/portRow.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, noContent, problems } from '../http/responses.ts';
import { allow, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { portTopics } from './announcePorts.ts';
import { noticeOf } from './mergePorts.ts';
import { lockWorkspace, parsePort, PortParams } from './portParams.ts';

const ownRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/port-notices',
  tags: ['Ports'],
  summary: 'Shares of the viewer’s ports that ended by themselves',
  description: 'Until they are dismissed, or the port is shared again.',
  request: { params: TeamParams },
  responses: {
    200: json(z.object({ items: z.array(OwnPortNotice) }), 'Newest first.'),
    ...problems(401, 404),
  },
});

const dismissRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/ports/{port}/notice',
  tags: ['Ports'],
  summary: 'Dismiss the notice of a port',
  description: 'Dismissing what isn’t there changes nothing.',
  request: { params: PortParams },
  responses: { 204: noContent('There is no notice any more.'), ...problems(401, 403, 404, 422) },
});

export function registerPortNotices(app: App, { db, bus }: Deps): void {
  app.openapi(ownRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    const rows = await db
      .selectFrom('port')
      .innerJoin('workspace', 'workspace.id', 'port.workspace_id')
      .selectAll('port')
      .select(['workspace.id as workspaceId', 'workspace.name as workspaceName'])
      .where('workspace.team_id', '=', team.id)
      .where('workspace.owner_id', '=', viewer.userId)
      .where('port.notice_reason', 'is not', null)
      .orderBy('port.notice_at', 'desc')
      .orderBy('port.id')
      .execute();
    const items = rows.flatMap((row): OwnPortNotice[] => {
      const notice = noticeOf(row);
      if (!notice) return [];
      const workspace = { id: row.workspaceId, name: row.workspaceName };
      return [{ workspace, port: row.number, label: labelOf(row), revision: row.revision, notice }];
    });
    return c.json({ items }, 200);
  });

  app.openapi(dismissRoute, async (c) => {
    const { team, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const number = parsePort(params.port);
    const done = await db.transaction().execute(async (trx) => {
      const workspace = await lockWorkspace(trx, team.id, params.workspace);
      allow(portCan.manage(actor, { ownerId: workspace.owner_id }));
      const dismissed = await trx
        .updateTable('port')
        .set((eb) => ({
          notice_from: null,
          notice_reason: null,
          notice_at: null,
          revision: eb('revision', '+', 1),
        }))
        .where('workspace_id', '=', workspace.id)
        .where('number', '=', number)
        .where('notice_reason', 'is not', null)
        .executeTakeFirst();
      return { workspaceId: workspace.id, changed: dismissed.numUpdatedRows > 0n };
    });
    if (done.changed) bus.publish(team.id, portTopics([done.workspaceId]));
    return c.body(null, 204);
  });
}
