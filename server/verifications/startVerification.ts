import type { Kysely, Selectable } from 'kysely';
import { may, type Actor } from '../../contract/permissions.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database, VerificationResultTable, VpnTable } from '../db/schema.ts';
import { conflict, forbidden } from '../http/problem.ts';
import { newId } from '../ids.ts';
import type { Viewer } from '../session/viewer.ts';

/** The newest that are kept of each VPN. */
const KEPT = 50;
/** Rows of one statement: 10 parameters each, below SQLite's 32,766. */
const ROWS = 1_000;

/** What is to be verified: `address` is canonical and inside the VPN's peer subnets. */
export type VerificationStart = {
  vpn: Selectable<VpnTable>;
  address: string;
  port: number | null;
  viewer: Viewer;
  actor: Actor;
  now: number;
};

/**
 * Writes a new verification, with a result for each replica that the viewer may use: `running`, or failed at once where
 * the replica is offline. Returns those that have to be asked.
 */
export async function startVerification(
  trx: Kysely<Database>,
  { vpn, address, port, viewer, actor, now }: VerificationStart,
): Promise<{ id: string; replicaIds: string[] }> {
  const replicas = await usableReplicas(trx, vpn, actor);
  const id = newId('ver');
  const at = new Date(now).toISOString();
  const online = replicas.filter((replica) => replica.connection !== null);
  await trx
    .insertInto('verification')
    .values({
      id,
      vpn_id: vpn.id,
      address,
      port,
      started_at: at,
      started_by: viewer.userId,
      finished_at: online.length === 0 ? at : null,
    })
    .execute();
  const results = replicas.map((replica): VerificationResultTable => ({
    verification_id: id,
    replica_id: replica.id,
    replica_name: replica.name,
    workspace_id: replica.workspaceId,
    workspace_name: replica.workspaceName,
    round_trip_ms: null,
    at,
    ...(replica.connection === null
      ? { state: 'failed', code: 'offline', message: 'The replica isn’t connected to the server.' }
      : { state: 'running', code: null, message: '' }),
  }));
  for (let index = 0; index < results.length; index += ROWS) {
    await trx
      .insertInto('verification_result')
      .values(results.slice(index, index + ROWS))
      .execute();
  }
  await dropOldest(trx, vpn.id);
  await recordActivity(trx, {
    teamId: vpn.team_id,
    now,
    actor: actorOf(viewer),
    action: 'vpn.verified',
    subject: { kind: 'vpn', id: vpn.id, name: vpn.name },
    summary: `Verified ${address}${port === null ? '' : ` port ${port}`} through the VPN ${vpn.name} from ${replicas.length === 1 ? '1 replica' : `${replicas.length} replicas`}.`,
  });
  return { id, replicaIds: online.map((replica) => replica.id) };
}

async function usableReplicas(trx: Kysely<Database>, vpn: Selectable<VpnTable>, actor: Actor) {
  const replicas = await trx
    .selectFrom('vpn_workspace')
    .innerJoin('workspace', 'workspace.id', 'vpn_workspace.workspace_id')
    .innerJoin('replica', 'replica.workspace_id', 'workspace.id')
    .select(['replica.id', 'replica.name', 'replica.connection'])
    .select([
      'workspace.id as workspaceId',
      'workspace.name as workspaceName',
      'workspace.owner_id as ownerId',
    ])
    .where('vpn_workspace.vpn_id', '=', vpn.id)
    .execute();
  if (replicas.length === 0) {
    throw conflict(
      'no_replicas',
      `No replica can verify yet: connect ${vpn.name} to a workspace that has replicas.`,
    );
  }
  const usable = replicas.filter((replica) => may.useReplicas(actor, replica).allowed);
  if (usable.length === 0) {
    throw forbidden(
      'not_allowed',
      'None of the connected workspaces is yours. Ask their owners, or an admin.',
    );
  }
  return usable;
}

async function dropOldest(trx: Kysely<Database>, vpnId: string): Promise<void> {
  const ids = await trx
    .selectFrom('verification')
    .select('id')
    .where('vpn_id', '=', vpnId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const old = ids.slice(KEPT).map((row) => row.id);
  if (old.length > 0) await trx.deleteFrom('verification').where('id', 'in', old).execute();
}
