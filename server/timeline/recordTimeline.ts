import { sql, type Kysely } from 'kysely';
import type { Database, TunnelTable } from '../db/schema.ts';
import { bytesBetween, occurrencesBetween, type Reported, type TunnelOccurrence } from './tunnelEvents.ts';
import { slotOf } from './traffic.ts';

/** Rows of one statement: seven parameters each, below SQLite's 32,766. */
const ROWS = 1000;

type Happened = TunnelOccurrence & { replicaId: string; vpnId: string };

/**
 * Notes what these reports say of their tunnels that the stored ones didn't, and the bytes since. Call it in the transaction
 * that stores them, before it does.
 */
export async function recordReports(trx: Kysely<Database>, rows: readonly TunnelTable[]): Promise<void> {
  if (rows.length === 0) return;
  const stored = await trx
    .selectFrom('tunnel')
    .select([
      'replica_id',
      'vpn_id',
      'state',
      'since',
      'virtual_ip',
      'bytes_in',
      'bytes_out',
      'applied_revision',
      'diagnosis_code',
      'rekeyed_at',
      'change',
      'reported_at',
    ])
    .where('replica_id', 'in', [...new Set(rows.map((row) => row.replica_id))])
    .execute();
  const before = new Map<string, Reported>(stored.map((row) => [`${row.replica_id}.${row.vpn_id}`, row]));
  const pairs = rows.map((row) => ({ row, before: before.get(`${row.replica_id}.${row.vpn_id}`) ?? null }));

  const happened = pairs.flatMap(({ row, before: known }) =>
    occurrencesBetween(known, row).map((one): Happened => ({
      ...one,
      replicaId: row.replica_id,
      vpnId: row.vpn_id,
    })),
  );
  await insertEvents(trx, happened, rows[0]?.reported_at ?? '');
  await addTraffic(
    trx,
    pairs.map(({ row, before: known }) => ({ row, bytes: bytesBetween(known, row) })),
  );
}

/** Notes that these replicas are away since `at`, with each tunnel that they reported. */
export async function recordGoodbyes(
  trx: Kysely<Database>,
  replicaIds: readonly string[],
  at: string,
): Promise<void> {
  if (replicaIds.length === 0) return;
  const tunnels = await trx
    .selectFrom('tunnel')
    .select(['replica_id', 'vpn_id'])
    .where('replica_id', 'in', replicaIds)
    .execute();
  await insertEvents(trx, presenceOf(tunnels, 'offline', at), at);
}

/** Notes with each tunnel of these replicas that was noted as away that it is back. */
export async function recordReturns(
  trx: Kysely<Database>,
  replicaIds: readonly string[],
  at: string,
): Promise<void> {
  if (replicaIds.length === 0) return;
  const away = await trx
    .selectFrom('tunnel_event as event')
    .select(['event.replica_id', 'event.vpn_id'])
    .distinct()
    .where('event.replica_id', 'in', replicaIds)
    .where('event.kind', '=', 'offline')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('tunnel_event as later')
            .select('later.id')
            .where('later.kind', '=', 'online')
            .whereRef('later.replica_id', '=', 'event.replica_id')
            .whereRef('later.vpn_id', '=', 'event.vpn_id')
            .whereRef('later.id', '>', 'event.id'),
        ),
      ),
    )
    .execute();
  await insertEvents(trx, presenceOf(away, 'online', at), at);
}

const presenceOf = (
  tunnels: readonly { replica_id: string; vpn_id: string }[],
  kind: 'offline' | 'online',
  at: string,
): Happened[] =>
  tunnels.map(({ replica_id, vpn_id }) => ({
    replicaId: replica_id,
    vpnId: vpn_id,
    at,
    kind,
    code: null,
    text: '',
  }));

/** In their order, which is that of their ids. */
async function insertEvents(
  trx: Kysely<Database>,
  events: readonly Happened[],
  noted: string,
): Promise<void> {
  for (let from = 0; from < events.length; from += ROWS) {
    const rows = events.slice(from, from + ROWS).map(({ replicaId, vpnId, at, kind, code, text }, index) => ({
      id: `${noted}.${String(from + index).padStart(6, '0')}.${crypto.randomUUID().slice(0, 8)}`,
      replica_id: replicaId,
      vpn_id: vpnId,
      at,
      kind,
      code,
      text,
    }));
    await trx.insertInto('tunnel_event').values(rows).execute();
  }
}

type Carried = { row: TunnelTable; bytes: { in: number; out: number } };

/** Adds to the quarter of an hour that it is; when a new one begins, the one before joins those that are over. */
async function addTraffic(trx: Kysely<Database>, carried: readonly Carried[]): Promise<void> {
  for (let from = 0; from < carried.length; from += ROWS) {
    const values = carried.slice(from, from + ROWS).map(({ row, bytes }) => ({
      replica_id: row.replica_id,
      vpn_id: row.vpn_id,
      slot: slotOf(Date.parse(row.reported_at)),
      bytes_in: bytes.in,
      bytes_out: bytes.out,
      earlier: '',
    }));
    const current = sql<boolean>`tunnel_traffic.slot = excluded.slot`;
    await trx
      .insertInto('tunnel_traffic')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['replica_id', 'vpn_id']).doUpdateSet({
          slot: sql`excluded.slot`,
          bytes_in: sql`case when ${current} then tunnel_traffic.bytes_in else 0 end + excluded.bytes_in`,
          bytes_out: sql`case when ${current} then tunnel_traffic.bytes_out else 0 end + excluded.bytes_out`,
          earlier: sql`case when ${current} then tunnel_traffic.earlier else
            tunnel_traffic.earlier || ' ' || tunnel_traffic.slot || ':' || tunnel_traffic.bytes_in || ':' || tunnel_traffic.bytes_out
          end`,
        }),
      )
      .execute();
  }
}
