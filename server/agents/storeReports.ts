import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { recordGoodbyes, recordReports, recordReturns } from '../timeline/recordTimeline.ts';
import type { Goodbye, PendingReports } from './reportBuffer.ts';
import { rowOfReport } from './tunnelRows.ts';
import { wantedTunnels } from './wantedTunnels.ts';

/** Rows of one statement: 20 parameters each, below SQLite's 32,766. */
const ROWS = 500;

const chunks = <Item>(items: readonly Item[], size = ROWS): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/**
 * Marks replicas offline whose connection ended, unless they are back by another one. Returns the VPNs connected to their
 * workspaces, by workspace id.
 */
export async function storeGoodbyes(
  trx: Kysely<Database>,
  goodbyes: readonly Goodbye[],
): Promise<Map<string, string[]>> {
  for (const [at, group] of Map.groupBy(goodbyes, (goodbye) => goodbye.at)) {
    for (const chunk of chunks(group)) {
      const connections = chunk.map((goodbye) => goodbye.connectionId);
      const gone = await trx
        .updateTable('replica')
        .set({ connection: null, since: at })
        .where('connection', 'in', connections)
        .returning('id')
        .execute();
      await recordGoodbyes(
        trx,
        gone.map((replica) => replica.id),
        at,
      );
    }
  }
  const vpns = new Map<string, string[]>();
  for (const chunk of chunks([...new Set(goodbyes.map((goodbye) => goodbye.workspaceId))])) {
    const rows = await trx
      .selectFrom('vpn_workspace')
      .select(['vpn_id', 'workspace_id'])
      .where('workspace_id', 'in', chunk)
      .execute();
    for (const row of rows) vpns.set(row.workspace_id, [...(vpns.get(row.workspace_id) ?? []), row.vpn_id]);
  }
  return vpns;
}

/**
 * Writes reports of tunnels that are still wanted, and forgets those that a complete report no longer names. A replica
 * may speak of a VPN that was disconnected, deleted or taken back a moment ago, or that it made up: that is dropped. Returns the ids
 * of the VPNs whose tunnels were written, by replica id.
 */
export async function storeReports(
  trx: Kysely<Database>,
  batch: readonly PendingReports[],
  now: string,
): Promise<Map<string, string[]>> {
  const written = new Map<string, string[]>();
  for (const entries of chunks(batch)) {
    const replicaIds = entries.map((entry) => entry.replicaId);
    const wanted = await wantedTunnels(trx)
      .select(['replica.id as replicaId', 'vpn.id as vpnId'])
      .where('replica.id', 'in', replicaIds)
      .execute();
    const wantedKeys = new Set(wanted.map((row) => `${row.replicaId}.${row.vpnId}`));
    const rows = entries.flatMap(({ replicaId, reports }) =>
      [...reports.values()]
        .filter((report) => wantedKeys.has(`${replicaId}.${report.vpnId}`))
        .map((report) => rowOfReport(replicaId, report, now)),
    );
    const complete = entries.filter((entry) => entry.complete);
    // The first reports after a replica connected are complete.
    await recordReturns(
      trx,
      complete.map((entry) => entry.replicaId),
      now,
    );
    await recordReports(trx, rows);
    for (const row of rows) {
      written.set(row.replica_id, [...(written.get(row.replica_id) ?? []), row.vpn_id]);
    }
    for (const chunk of chunks(rows)) {
      await trx
        .insertInto('tunnel')
        .values(chunk)
        .onConflict((conflict) =>
          conflict.columns(['replica_id', 'vpn_id']).doUpdateSet((eb) => ({
            state: eb.ref('excluded.state'),
            since: eb.ref('excluded.since'),
            attempt: eb.ref('excluded.attempt'),
            next_try_at: eb.ref('excluded.next_try_at'),
            virtual_ip: eb.ref('excluded.virtual_ip'),
            bytes_in: eb.ref('excluded.bytes_in'),
            bytes_out: eb.ref('excluded.bytes_out'),
            ike_established_at: eb.ref('excluded.ike_established_at'),
            ike_suite: eb.ref('excluded.ike_suite'),
            esp_suite: eb.ref('excluded.esp_suite'),
            remote_subnets: eb.ref('excluded.remote_subnets'),
            applied_revision: eb.ref('excluded.applied_revision'),
            diagnosis: eb.ref('excluded.diagnosis'),
            diagnosis_code: eb.ref('excluded.diagnosis_code'),
            reported_at: eb.ref('excluded.reported_at'),
            change: eb.ref('excluded.change'),
            rekeyed_at: eb.ref('excluded.rekeyed_at'),
          })),
        )
        .execute();
    }
    await forgetUnnamed(trx, complete);
  }
  return written;
}

async function forgetUnnamed(trx: Kysely<Database>, complete: readonly PendingReports[]): Promise<void> {
  if (complete.length === 0) return;
  const named = new Map(complete.map((entry) => [entry.replicaId, entry.reports]));
  const stored = await trx
    .selectFrom('tunnel')
    .select(['replica_id', 'vpn_id'])
    .where('replica_id', 'in', [...named.keys()])
    .execute();
  for (const row of stored) {
    if (named.get(row.replica_id)?.has(row.vpn_id)) continue;
    await trx
      .deleteFrom('tunnel')
      .where('replica_id', '=', row.replica_id)
      .where('vpn_id', '=', row.vpn_id)
      .execute();
  }
}
