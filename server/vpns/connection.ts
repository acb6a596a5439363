import type { Kysely, Selectable } from 'kysely';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { neighbours, obstaclesOf } from '../db/connectable.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import { withClaimedSubnets } from '../db/underWay.ts';
import { conflict } from '../http/problem.ts';
import { leaveMove } from '../rollouts/leaveMove.ts';
import type { Viewer } from '../session/viewer.ts';

/** Which VPN and workspace, by whom, and when in milliseconds since the epoch. */
export type ConnectionChange = {
  vpn: Selectable<VpnTable>;
  workspace: { id: string; name: string };
  viewer: Viewer;
  now: number;
};

/** Connects a workspace, and adds that to the activity. False where it is connected already; 409 where it can’t be. */
export async function connectWorkspace(
  trx: Kysely<Database>,
  { vpn, workspace, viewer, now }: ConnectionChange,
): Promise<boolean> {
  const ids = { vpnId: vpn.id, workspaceId: workspace.id };
  if (await isConnected(trx, ids)) return false;
  const others = await neighbours(trx, vpn.id, [workspace.id]);
  const [claiming = vpn] = await withClaimedSubnets(trx, [vpn]);
  const obstacle = obstaclesOf(claiming, others).get(workspace.id);
  if (obstacle) throw conflict(obstacle.code, `${workspace.name} can’t be connected. ${obstacle.message}`);

  await trx
    .insertInto('vpn_workspace')
    .values({
      vpn_id: vpn.id,
      workspace_id: workspace.id,
      connected_at: new Date(now).toISOString(),
      connected_by: viewer.userId,
    })
    .execute();
  await leaveMove(trx, ids);
  await recordActivity(trx, {
    teamId: vpn.team_id,
    now,
    actor: actorOf(viewer),
    action: 'vpn.connected',
    subject: { kind: 'vpn', id: vpn.id, name: vpn.name },
    summary: `Connected the workspace ${workspace.name} to the VPN ${vpn.name}.`,
  });
  return true;
}

/** Disconnects a workspace, and adds that to the activity. False where it isn’t connected. */
export async function disconnectWorkspace(
  trx: Kysely<Database>,
  { vpn, workspace, viewer, now }: ConnectionChange,
): Promise<boolean> {
  const removed = await trx
    .deleteFrom('vpn_workspace')
    .where('vpn_id', '=', vpn.id)
    .where('workspace_id', '=', workspace.id)
    .executeTakeFirst();
  if (removed.numDeletedRows === 0n) return false;
  // What the replicas reported goes with it: connected again, the tunnels start anew.
  await trx
    .deleteFrom('tunnel')
    .where('vpn_id', '=', vpn.id)
    .where('replica_id', 'in', (eb) =>
      eb.selectFrom('replica').select('replica.id').where('replica.workspace_id', '=', workspace.id),
    )
    .execute();
  await leaveMove(trx, { vpnId: vpn.id, workspaceId: workspace.id });
  await recordActivity(trx, {
    teamId: vpn.team_id,
    now,
    actor: actorOf(viewer),
    action: 'vpn.disconnected',
    subject: { kind: 'vpn', id: vpn.id, name: vpn.name },
    summary: `Disconnected the workspace ${workspace.name} from the VPN ${vpn.name}.`,
  });
  return true;
}

async function isConnected(
  trx: Kysely<Database>,
  ids: { vpnId: string; workspaceId: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('vpn_workspace')
    .select('vpn_id')
    .where('vpn_id', '=', ids.vpnId)
    .where('workspace_id', '=', ids.workspaceId)
    .executeTakeFirst();
  return row !== undefined;
}
