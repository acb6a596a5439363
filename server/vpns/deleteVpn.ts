import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { findVpn } from '../db/lookup.ts';
import { findUnderWay } from '../db/underWay.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { noContent, problems } from '../http/responses.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { announceVpnChange, connectedWorkspaceIds } from './announceVpnChange.ts';
import { VpnParams } from './vpnRows.ts';

const deleteVpnRoute = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/vpns/{vpn}',
  tags: ['VPNs'],
  summary: 'Delete a VPN',
  description: 'Takes its tunnels off the replicas of all connected workspaces.',
  middleware: [requires(may.manageVpns)],
  request: { params: VpnParams },
  responses: { 204: noContent('It is gone.'), ...problems(401, 403, 404) },
});

export function registerVpnDeletion(app: App, deps: Deps): void {
  const { db, clock } = deps;

  app.openapi(deleteVpnRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { vpn: idOrName } = c.req.valid('param');
    const deleted = await db.transaction().execute(async (trx) => {
      const { id, name } = await findVpn(trx, team.id, idOrName);
      const workspaceIds = await connectedWorkspaceIds(trx, id);
      const move = (await findUnderWay(trx, [id])).find(({ kind }) => kind === 'move');
      await trx.deleteFrom('vpn').where('id', '=', id).execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'vpn.deleted',
        subject: { kind: 'vpn', id, name },
        summary: `Deleted the VPN ${name}. Workspaces disconnected by that: ${workspaceIds.length}.`,
      });
      return { id, workspaceIds, otherId: move?.vpn_id === id ? move.to_vpn_id : move?.vpn_id };
    });
    announceVpnChange(deps, team.id, deleted.id, deleted.workspaceIds);
    // A move between the two ends with it.
    if (deleted.otherId) deps.bus.publish(team.id, [`vpn:${deleted.otherId}`]);
    return c.body(null, 204);
  });
}
