import { createRoute } from '@hono/zod-openapi';
import { portCan } from '../../contract/portAccess.ts';
import { Port, PortChange } from '../../contract/ports.ts';
import { actorOf } from '../activity/actor.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { announcePortChange } from './announcePorts.ts';
import { changeDetails } from './changeDetails.ts';
import { readPort } from './listPorts.ts';
import { findPort, lockPolicy, lockWorkspace, parsePort, PortParams } from './portParams.ts';
import { requirePortsDomain } from './portUrl.ts';
import { setVisibility } from './setVisibility.ts';

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/ports/{port}',
  tags: ['Ports'],
  summary: 'Change a forwarded port',
  description:
    'Its label, its protocol, and who may reach it. Whoever may no longer reach it is cut off within a second. A public ' +
    'http port that becomes https is private again. Admins may make other people’s ports less visible, never more.',
  request: { params: PortParams, headers: IfMatch, body: jsonBody(PortChange) },
  responses: {
    200: json(Port, 'The port as it is now.'),
    ...problems(401, 403, 404, 409, 412, 422, 428),
  },
});

export function registerPortChanges(app: App, { db, clock, bus, settings }: Deps): void {
  app.openapi(changeRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const number = parsePort(params.port);
    const change = c.req.valid('json');
    const changed = await db.transaction().execute(async (trx) => {
      // A policy that is tightened at this moment either finds the port as it is after this, or is found by this.
      if (change.visibility !== undefined) await lockPolicy(trx, team.id);
      const workspace = await lockWorkspace(trx, team.id, params.workspace);
      const ownerId = workspace.owner_id;
      // Before anything is said about the port: others don’t find out here which ports there are.
      const details = change.label !== undefined || change.protocol !== undefined;
      if (details || !portCan.seeAll(actor, { ownerId })) allow(portCan.manage(actor, { ownerId }));
      const row = await findPort(trx, workspace.id, number);
      await matchRevision(c, row?.revision ?? 0, () => readPort(trx, settings, workspace, number));
      if (row?.forwarded !== 1) {
        throw conflict('not_forwarded', `Port ${number} isn’t forwarded. Forward it first.`);
      }
      const by = { teamId: team.id, workspace, now: clock.now(), actor: actorOf(viewer) };
      const endedByHttps = await changeDetails(trx, row, change, by);
      if (change.visibility !== undefined && !endedByHttps) {
        if (change.visibility !== 'private') requirePortsDomain(settings);
        await setVisibility(trx, row, change.visibility, { actor, ownerId, by });
      }
      return workspace;
    });
    announcePortChange(bus, team.id, changed.id);
    const port = await readPort(db, settings, changed, number);
    c.header('etag', etag(port.revision));
    return c.json(port, 200);
  });
}
