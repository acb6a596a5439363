import type { Kysely, Selectable } from 'kysely';
import type { Page, PageQuery } from '../../contract/lists.ts';
import type { Verification, VerificationResult } from '../../contract/verifications.ts';
import type { Database, VerificationResultTable } from '../db/schema.ts';
import { notFound } from '../http/problem.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';

/** Milliseconds after which nothing can still be running: the server that waited for the answer is gone. */
const ABANDONED_MS = 30_000;

const verifications = (db: Kysely<Database>, teamId: string) =>
  db
    .selectFrom('verification')
    .innerJoin('vpn', 'vpn.id', 'verification.vpn_id')
    .leftJoin('user as starter', 'starter.id', 'verification.started_by')
    .where('vpn.team_id', '=', teamId);

const selectVerifications = (query: ReturnType<typeof verifications>) =>
  query
    .selectAll('verification')
    .select(['vpn.name as vpnName', 'starter.id as starterId', 'starter.name as starterName']);

type VerificationRow = Awaited<ReturnType<ReturnType<typeof selectVerifications>['execute']>>[number];

/** `api-2` before `api-10`. */
const byName = new Intl.Collator('en', { numeric: true });

/** Verifications with their results, in two queries. `now` in milliseconds since the epoch. */
async function viewVerifications(
  db: Kysely<Database>,
  rows: readonly VerificationRow[],
  now: number,
): Promise<Map<string, Verification>> {
  if (rows.length === 0) return new Map();
  const stored = await db
    .selectFrom('verification_result')
    .selectAll()
    .where(
      'verification_id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
  const results = Map.groupBy(stored, (result) => result.verification_id);
  return new Map(rows.map((row) => [row.id, viewVerification(row, results.get(row.id) ?? [], now)]));
}

function viewVerification(
  row: VerificationRow,
  results: readonly Selectable<VerificationResultTable>[],
  now: number,
): Verification {
  const abandonedAt = Date.parse(row.started_at) + ABANDONED_MS;
  const abandoned = row.finished_at === null && now > abandonedAt;
  return {
    id: row.id,
    vpn: { id: row.vpn_id, name: row.vpnName },
    address: row.address,
    port: row.port,
    startedAt: row.started_at,
    startedBy:
      row.starterId === null || row.starterName === null
        ? null
        : { id: row.starterId, name: row.starterName },
    finishedAt: abandoned ? new Date(abandonedAt).toISOString() : row.finished_at,
    results: results
      .map((result) => viewResult(result, abandoned))
      .toSorted(
        (a, b) =>
          byName.compare(a.workspace.name, b.workspace.name) ||
          byName.compare(a.replica.name, b.replica.name),
      ),
  };
}

const viewResult = (row: Selectable<VerificationResultTable>, abandoned: boolean): VerificationResult => ({
  replica: { id: row.replica_id, name: row.replica_name },
  workspace: { id: row.workspace_id, name: row.workspace_name },
  roundTripMs: row.round_trip_ms,
  at: row.at,
  ...(abandoned && row.state === 'running'
    ? {
        state: 'failed',
        code: 'timeout',
        message: 'The server restarted before the replica answered. Verify again.',
      }
    : { state: row.state, code: row.code, message: row.message }),
});

/** The team's verification with this id; 404 otherwise. */
export async function readVerification(
  db: Kysely<Database>,
  teamId: string,
  id: string,
  now: number,
): Promise<Verification> {
  const rows = await selectVerifications(
    verifications(db, teamId).where('verification.id', '=', id),
  ).execute();
  const verification = (await viewVerifications(db, rows, now)).get(id);
  if (!verification) throw notFound('verification');
  return verification;
}

const order = [
  { column: 'verification.started_at', descending: true },
  { column: 'verification.id', descending: true },
];

/** A VPN's verifications, newest first. */
export async function listVerifications(
  db: Kysely<Database>,
  vpn: { id: string; team_id: string },
  query: PageQuery,
  now: number,
): Promise<Page<Verification>> {
  const matching = verifications(db, vpn.team_id).where('verification.vpn_id', '=', vpn.id);
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await selectVerifications(beyond)
    .orderBy('verification.started_at', 'desc')
    .orderBy('verification.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const views = await viewVerifications(db, rows.slice(0, query.limit), now);
  const shown = pageOf(rows, {
    limit: query.limit,
    total,
    key: (row) => [row.started_at, row.id],
    item: (row) => views.get(row.id),
  });
  return { ...shown, items: shown.items.filter((verification) => verification !== undefined) };
}
