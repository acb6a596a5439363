import type { Kysely } from 'kysely';
import { explainDiagnosis } from '../../contract/diagnoses.ts';
import type { Ref } from '../../contract/lists.ts';
import type { Rollout, RolloutReplica } from '../../contract/rollouts.ts';
import { VpnSettings } from '../../contract/vpns.ts';
import { DiagnosisReport } from '../agents/tunnelRows.ts';
import { readJson, readTexts } from '../db/json.ts';
import type { Database } from '../db/schema.ts';
import { movedWorkspaces, underWay, type RolloutReplicaRow, type RolloutRow } from '../db/underWay.ts';
import { notFound } from '../http/problem.ts';
import { findNamed } from './rolloutActivity.ts';
import { explainWaiting } from './waitingFor.ts';

/** The rollout that a VPN has a part in: the one under way, or the last. 404 without any. */
export async function findRollout(db: Kysely<Database>, vpnId: string): Promise<string> {
  const row = await db
    .selectFrom('rollout')
    .select('id')
    .where((eb) => eb.or([eb('vpn_id', '=', vpnId), eb('to_vpn_id', '=', vpnId)]))
    .orderBy((eb) => eb.case().when('state', 'in', underWay).then(0).else(1).end())
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .executeTakeFirst();
  if (!row) throw notFound('rollout');
  return row.id;
}

/** A rollout as it is shown, with all of its replicas: a fixed number of queries. */
export async function readRollout(db: Kysely<Database>, id: string, now: number): Promise<Rollout> {
  const rollout = await findNamed(db)
    .leftJoin('user', 'user.id', 'rollout.started_by')
    .select('user.name as starterName')
    .where('rollout.id', '=', id)
    .executeTakeFirst();
  if (!rollout) throw notFound('rollout');
  const rows = await db
    .selectFrom('rollout_replica')
    .selectAll()
    .where('rollout_id', '=', id)
    .orderBy('position')
    .execute();
  const { started_by, starterName, to_vpn_id, toName, check_address } = rollout;
  const ref = (refId: string | null, name: string | null): Ref | null =>
    refId === null || name === null ? null : { id: refId, name };
  return {
    id,
    kind: rollout.kind,
    vpn: { id: rollout.vpn_id, name: rollout.vpnName },
    to: ref(to_vpn_id, toName),
    workspaces: await namedWorkspaces(db, rollout, rows),
    changed: readTexts(rollout.changed),
    strategy: rollout.strategy,
    makeBeforeBreak: rollout.make_before_break === 1,
    check: check_address === null ? null : { address: check_address, port: rollout.check_port },
    limitSeconds: rollout.limit_seconds,
    state: rollout.state,
    waitingFor: await explainWaiting(db, rollout, rows, now),
    startedAt: rollout.started_at,
    startedBy: ref(started_by, starterName),
    finishedAt: rollout.finished_at,
    replicas: viewReplicas(rollout, rows),
  };
}

/** Diagnoses are about the settings that were tried, also once the VPN has those of before again. */
function viewReplicas(rollout: RolloutRow, rows: readonly RolloutReplicaRow[]): RolloutReplica[] {
  const tried = readJson(VpnSettings, rollout.tried_settings);
  return rows.map((row) => ({
    replica: { id: row.replica_id, name: row.replica_name },
    workspace: { id: row.workspace_id, name: row.workspace_name },
    state: row.state,
    since: row.since,
    diagnosis:
      row.diagnosis === null
        ? null
        : explainDiagnosis(readJson(DiagnosisReport, row.diagnosis), tried, row.local_id),
    reason: row.reason,
  }));
}

/** With the names of now; those that were deleted have the ones of then. */
async function namedWorkspaces(
  db: Kysely<Database>,
  rollout: RolloutRow,
  rows: readonly RolloutReplicaRow[],
): Promise<Ref[]> {
  const ids = movedWorkspaces(rollout);
  if (ids.length === 0) return [];
  const found = await db.selectFrom('workspace').select(['id', 'name']).where('id', 'in', ids).execute();
  const names = new Map([
    ...rows.map((row): [string, string] => [row.workspace_id, row.workspace_name]),
    ...found.map((row): [string, string] => [row.id, row.name]),
  ]);
  return ids
    .flatMap((id) => {
      const name = names.get(id);
      return name === undefined ? [] : [{ id, name }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
