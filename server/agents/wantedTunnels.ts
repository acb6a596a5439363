import { sql, type Kysely, type SqlBool } from 'kysely';
import type { Database } from '../db/schema.ts';
import { underWay } from '../db/underWay.ts';

/** Tunnels that a move has taken from a replica: it is on the other VPN, and its workspace is connected to both. */
const movedAway = sql<SqlBool>`exists (
  select 1 from rollout as move
  join vpn_workspace as other on other.vpn_id = move.to_vpn_id and other.workspace_id = workspace.id
  join rollout_replica as moving on moving.rollout_id = move.id and moving.replica_id = replica.id
  where move.vpn_id = vpn.id and move.kind = 'move' and move.state in ('running', 'paused')
    and move.workspaces like '%"' || workspace.id || '"%'
    and (moving.state = 'changed' or (moving.state = 'trying' and move.make_before_break = 0)))`;

/** Tunnels that a move hasn't given to a replica yet. One that joined meanwhile has no part in it, and gets it at the end. */
const notMovedYet = sql<SqlBool>`exists (
  select 1 from rollout as move
  join vpn_workspace as other on other.vpn_id = move.vpn_id and other.workspace_id = workspace.id
  left join rollout_replica as moving on moving.rollout_id = move.id and moving.replica_id = replica.id
  where move.to_vpn_id = vpn.id and move.kind = 'move' and move.state in ('running', 'paused')
    and move.workspaces like '%"' || workspace.id || '"%'
    and (moving.state is null or moving.state not in ('changed', 'trying')))`;

/**
 * The tunnels that should be there now: every replica of every connected workspace, with what it last reported, apart from
 * those that a move has taken from it or hasn't given it yet. `rollout` and `rollout_replica` are the change of the VPN
 * that is under way and the replica's part in it; null without one.
 */
export const wantedTunnels = (db: Kysely<Database>) =>
  db
    .selectFrom('vpn_workspace')
    .innerJoin('replica', 'replica.workspace_id', 'vpn_workspace.workspace_id')
    .innerJoin('workspace', 'workspace.id', 'vpn_workspace.workspace_id')
    .innerJoin('vpn', 'vpn.id', 'vpn_workspace.vpn_id')
    .leftJoin('tunnel', (join) =>
      join.onRef('tunnel.replica_id', '=', 'replica.id').onRef('tunnel.vpn_id', '=', 'vpn.id'),
    )
    .leftJoin('rollout', (join) =>
      join
        .onRef('rollout.vpn_id', '=', 'vpn.id')
        .on('rollout.kind', '=', 'change')
        .on('rollout.state', 'in', underWay),
    )
    .leftJoin('rollout_replica', (join) =>
      join
        .onRef('rollout_replica.rollout_id', '=', 'rollout.id')
        .onRef('rollout_replica.replica_id', '=', 'replica.id'),
    )
    .where(({ not }) => not(movedAway))
    .where(({ not }) => not(notMovedYet));

/** The revision that a replica should have of `wantedTunnels`: while a change is under way, not all have the same. */
export const wantedRevision = sql<number>`case
  when rollout.id is null or rollout_replica.state = 'changed' then vpn.revision
  when rollout_replica.state = 'trying' then rollout_replica.revision
  else rollout.previous_revision end`;

/** The oldest revision that a report may be about: who tries a change out keeps the tunnel of before until that is certain. */
export const oldestRevision = sql<number>`case
  when rollout.id is null or rollout_replica.state = 'changed' then vpn.revision
  else rollout.previous_revision end`;
