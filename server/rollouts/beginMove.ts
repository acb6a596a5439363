import type { Kysely, Selectable } from 'kysely';
import type { z } from 'zod';
import type { FieldProblem } from '../../contract/problems.ts';
import type { MoveCreate } from '../../contract/rollouts.ts';
import { findOverlap } from '../../contract/subnets.ts';
import { fullTunnelObstacles, neighbours, obstaclesOf } from '../db/connectable.ts';
import { readTexts } from '../db/json.ts';
import { lookUpVpn } from '../db/lookup.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import { conflict, refused } from '../http/problem.ts';
import type { Viewer } from '../session/viewer.ts';
import { insertRollout, requireCheck } from './beginRollout.ts';
import { orderMembers } from './members.ts';
import { connectTarget } from './movedConnections.ts';
import { refuseUnderWay } from './refuseUnderWay.ts';

type Vpn = Selectable<VpnTable>;

/**
 * Begins a move: its workspaces are connected to both VPNs from now on, and each replica has the tunnels that its part in the
 * move gives it. 422 for the other VPN and for workspaces that aren't connected to this one, 409 for what is in the way.
 */
export async function beginMove(
  trx: Kysely<Database>,
  vpn: Vpn,
  wish: z.output<typeof MoveCreate>,
  by: { viewer: Viewer; now: number; runsSince: number },
): Promise<string> {
  const to = await requireOther(trx, vpn, wish.to);
  await refuseUnderWay(trx, [vpn.id, to.id]);
  const check = requireCheck(wish.check, readTexts(to.peer_subnets), 'check.address');
  const workspaces = await requireConnected(trx, vpn, [...new Set(wish.workspaces)]);
  const ids = workspaces.map(({ id }) => id);
  const others = await neighbours(trx, to.id, ids);
  await requireMovable(
    trx,
    to,
    workspaces,
    others.filter(({ id }) => id !== vpn.id),
  );

  const [mine, theirs] = [readTexts(vpn.peer_subnets), readTexts(to.peer_subnets)];
  // Beside each other, the two must not take all traffic either.
  const beside = !findOverlap(mine, theirs) && fullTunnelObstacles(theirs, others).size === 0;
  const rollout = {
    team_id: vpn.team_id,
    kind: 'move',
    vpn_id: vpn.id,
    to_vpn_id: to.id,
    workspaces: JSON.stringify(ids),
    changed: '[]',
    strategy: 'one-by-one',
    make_before_break: beside ? 1 : 0,
    previous_settings: null,
    previous_psk_sealed: null,
    previous_psk_changed_at: null,
    previous_revision: vpn.revision,
    revision: to.revision,
  } as const;
  const members = await orderMembers(trx, vpn.id, { ...by, workspaceIds: ids });
  const tried = { tried: settingsOfRow(to), check, limitSeconds: wish.limitSeconds, members };
  const id = await insertRollout(trx, { ...rollout, ...tried }, by);
  await connectTarget(trx, rollout, { now: new Date(by.now).toISOString(), userId: by.viewer.userId });
  return id;
}

async function requireOther(trx: Kysely<Database>, vpn: Vpn, idOrName: string): Promise<Vpn> {
  const other = await lookUpVpn(trx, vpn.team_id, idOrName);
  const problem = (code: string, message: string) => refused([{ path: 'to', code, message }]);
  if (!other) throw problem('unknown_vpn', 'Choose a VPN of the team.');
  if (other.id === vpn.id)
    throw problem('same_vpn', 'Choose another VPN than the one they are connected to.');
  return other;
}

type Workspace = { id: string; name: string };

async function requireConnected(
  trx: Kysely<Database>,
  vpn: Vpn,
  workspaceIds: readonly string[],
): Promise<Workspace[]> {
  const rows = await trx
    .selectFrom('vpn_workspace')
    .innerJoin('workspace', 'workspace.id', 'vpn_workspace.workspace_id')
    .select(['workspace.id', 'workspace.name'])
    .where('vpn_workspace.vpn_id', '=', vpn.id)
    .where('workspace.id', 'in', workspaceIds)
    .orderBy('workspace.name')
    .execute();
  const found = new Set(rows.map(({ id }) => id));
  const problems = workspaceIds.flatMap((id, index): FieldProblem[] => {
    if (found.has(id)) return [];
    const message = `This workspace isn’t connected to ${vpn.name}, so it can’t be moved away from it.`;
    return [{ path: `workspaces.${index}`, code: 'not_connected', message }];
  });
  if (problems.length > 0) throw refused(problems);
  return rows;
}

/** 409 where a workspace is connected to the other VPN already, or couldn't be if it weren't for this one. */
async function requireMovable(
  trx: Kysely<Database>,
  to: Vpn,
  workspaces: readonly Workspace[],
  others: Awaited<ReturnType<typeof neighbours>>,
): Promise<void> {
  const there = await trx
    .selectFrom('vpn_workspace')
    .select('workspace_id')
    .where('vpn_id', '=', to.id)
    .where(
      'workspace_id',
      'in',
      workspaces.map(({ id }) => id),
    )
    .execute();
  const connected = new Set(there.map((row) => row.workspace_id));
  const obstacles = obstaclesOf(to, others);
  for (const { id, name } of workspaces) {
    if (connected.has(id)) {
      throw conflict(
        'connected_to_both',
        `${name} is connected to ${to.name} already. Leave it out, or disconnect it from one of the two.`,
      );
    }
    const obstacle = obstacles.get(id);
    if (obstacle) throw conflict(obstacle.code, `${name} can’t be moved to ${to.name}. ${obstacle.message}`);
  }
}
