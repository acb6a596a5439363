import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { portCan } from '../../contract/portAccess.ts';
import { Port, PortForward, WORKSPACE_PORTS_MAX } from '../../contract/ports.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivities } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { refused } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag } from '../http/revision.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { addPort, roomForPorts } from './addPort.ts';
import { announcePortChange } from './announcePorts.ts';
import { changeDetails } from './changeDetails.ts';
import { mergeDeclarations } from './declarations.ts';
import { readPort } from './listPorts.ts';
import { declarationsOf } from './mergePorts.ts';
import { deedsOf, entryOf, type DeedContext } from './portActivity.ts';
import { loadReplicas } from './portFacts.ts';
import { findPort, lockWorkspace, parsePort, PortParams, type LockedWorkspace } from './portParams.ts';
import { requirePortsDomain } from './portUrl.ts';

const forwardRoute = createRoute({
  method: 'put',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/ports/{port}',
  tags: ['Ports'],
  summary: 'Forward a port',
  description:
    'Privately, and whether anything listens there or not. A port that was forwarded once comes back at its old address, ' +
    'private. One that is forwarded already keeps its visibility.',
  request: { params: PortParams, body: jsonBody(PortForward) },
  responses: {
    200: json(Port, 'It was forwarded already; its label and protocol are set.'),
    201: json(Port, 'The port, forwarded from now on.'),
    ...problems(401, 403, 404, 409, 422),
  },
});

export function registerPortForwarding(app: App, { db, clock, bus, settings }: Deps): void {
  app.openapi(forwardRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const number = parsePort(params.port);
    const wish = c.req.valid('json');
    const { workspace, isNew } = await db.transaction().execute(async (trx) => {
      const workspace = await lockWorkspace(trx, team.id, params.workspace);
      allow(portCan.manage(actor, { ownerId: workspace.owner_id }));
      requirePortsDomain(settings);
      const by = { teamId: team.id, workspace, now: clock.now(), actor: actorOf(viewer) };
      return { workspace, isNew: await forward(trx, workspace, number, wish, by) };
    });
    announcePortChange(bus, team.id, workspace.id);
    const port = await readPort(db, settings, workspace, number);
    c.header('etag', etag(port.revision));
    return c.json(port, isNew ? 201 : 200);
  });
}

/** Returns whether it wasn’t forwarded until now. */
async function forward(
  trx: Kysely<Database>,
  workspace: LockedWorkspace,
  number: number,
  wish: PortForward,
  by: DeedContext,
): Promise<boolean> {
  const row = await findPort(trx, workspace.id, number);
  if (row?.forwarded !== 1) await requireRoom(trx, workspace);
  const deeds = deedsOf(number, workspace.name);

  if (!row) {
    const { byNumber } = mergeDeclarations(declarationsOf(await loadReplicas(trx, workspace.id)));
    const { label = null, protocol = null } = wish;
    const declared = byNumber.get(number);
    await addPort(
      trx,
      { workspaceId: workspace.id, number, origin: 'manual', label, protocol, declared },
      by.now,
    );
    await recordActivities(trx, [entryOf(deeds.forwarded(null), by)]);
    return true;
  }
  const again = row.forwarded === 0;
  const was = row.visibility === 'private' ? null : row.visibility;
  // Asked for by hand: it stays in the list from now on, also while nothing listens.
  const origin = row.origin === 'auto' ? 'manual' : row.origin;
  if (again) {
    await trx
      .updateTable('port')
      .set((eb) => ({
        forwarded: 1,
        origin,
        visibility: 'private',
        shared_by: null,
        shared_at: null,
        notice_from: was,
        notice_reason: was && 'added-again',
        notice_at: was && new Date(by.now).toISOString(),
        access_epoch: eb('access_epoch', '+', 1),
        revision: eb('revision', '+', 1),
      }))
      .where('id', '=', row.id)
      .execute();
    await recordActivities(trx, [entryOf(deeds.forwarded(was), by)]);
  } else if (origin !== row.origin) {
    await trx
      .updateTable('port')
      .set((eb) => ({ origin, revision: eb('revision', '+', 1) }))
      .where('id', '=', row.id)
      .execute();
  }
  await changeDetails(trx, again ? { ...row, visibility: 'private' } : row, wish, by);
  return again;
}

async function requireRoom(trx: Kysely<Database>, workspace: LockedWorkspace): Promise<void> {
  if ((await roomForPorts(trx, workspace.id, 1)) > 0) return;
  throw refused(
    [
      {
        path: 'port',
        code: 'too_many_ports',
        message: `The workspace ${workspace.name} forwards ${WORKSPACE_PORTS_MAX} ports, the most there can be. Stop forwarding one of them first.`,
      },
    ],
    'too_many_ports',
  );
}
