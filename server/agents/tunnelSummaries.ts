import type { Kysely } from 'kysely';
import { explainDiagnosis } from '../../contract/diagnoses.ts';
import type { TunnelState, TunnelSummary } from '../../contract/tunnels.ts';
import { readJson } from '../db/json.ts';
import type { Database } from '../db/schema.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import { DiagnosisReport } from './tunnelRows.ts';
import { tunnelState } from './tunnels.ts';
import { oldestRevision, wantedTunnels } from './wantedTunnels.ts';

/** Tunnels that stand alike: counted by the database, so that ten thousand tunnels are a handful of groups. */
export type TunnelGroup = {
  state: TunnelState;
  count: number;
  vpnId: string;
  /** The diagnosis that one of them reported, as stored; null without one. */
  sample: { localId: string; diagnosis: string } | null;
};

/** By what the tunnels are summed up: the VPN or the workspace they belong to. */
export type SummaryKey = 'vpn' | 'workspace';

const keyColumns = { vpn: 'vpn_workspace.vpn_id', workspace: 'vpn_workspace.workspace_id' } as const;

/** Which tunnels are counted: everything of a team, or what belongs to the given VPNs and workspaces. */
export type SummaryScope = { teamId: string } | { ids: readonly string[]; vpnId?: string };

/** One query, whatever the number of tunnels. Groups by the id of the VPN or workspace; ids without tunnels are left out. */
export async function groupTunnels(
  db: Kysely<Database>,
  key: SummaryKey,
  scope: SummaryScope,
): Promise<Map<string, TunnelGroup[]>> {
  const groups = new Map<string, TunnelGroup[]>();
  if ('ids' in scope && scope.ids.length === 0) return groups;
  let query = wantedTunnels(db);
  if ('teamId' in scope) query = query.where('vpn.team_id', '=', scope.teamId);
  else query = query.where(keyColumns[key], 'in', scope.ids);
  if ('vpnId' in scope && scope.vpnId !== undefined) query = query.where('vpn.id', '=', scope.vpnId);

  const rows = await query
    .select((eb) => [
      `${keyColumns[key]} as id` as const,
      'vpn.id as vpnId',
      oldestRevision.as('oldestRevision'),
      eb('replica.connection', 'is not', null).as('online'),
      'replica.ipsec_supported as ipsecSupported',
      'tunnel.state as reported',
      'tunnel.applied_revision as appliedRevision',
      'tunnel.diagnosis_code as code',
      eb.fn.min('tunnel.diagnosis').as('diagnosis'),
      eb.fn.min('replica.local_id').as('localId'),
      eb.fn.countAll<number>().as('count'),
    ])
    .groupBy((eb) => [
      keyColumns[key],
      'vpn.id',
      oldestRevision,
      eb('replica.connection', 'is not', null),
      'replica.ipsec_supported',
      'tunnel.state',
      'tunnel.applied_revision',
      'tunnel.diagnosis_code',
    ])
    .execute();

  for (const row of rows) {
    const list = groups.get(row.id) ?? [];
    groups.set(row.id, list);
    list.push({
      state: tunnelState({
        online: Boolean(row.online),
        ipsecSupported: row.ipsecSupported === 1,
        reported: row.reported,
        appliedRevision: row.appliedRevision,
        oldestRevision: row.oldestRevision,
      }),
      count: row.count,
      vpnId: row.vpnId,
      sample: row.diagnosis === null ? null : { localId: row.localId, diagnosis: row.diagnosis },
    });
  }
  return groups;
}

type Counts = Omit<TunnelSummary, 'worst'>;

export const noTunnels: TunnelSummary = {
  wanted: 0,
  up: 0,
  warning: 0,
  connecting: 0,
  pending: 0,
  failed: 0,
  offline: 0,
  unsupported: 0,
  worst: null,
};

/** How many tunnels stand how. A healthy `up` has no diagnosis; one that has is counted as a warning too. */
export function countTunnels(groups: readonly TunnelGroup[]): Counts {
  const { worst: _, ...counts } = { ...noTunnels };
  for (const { state, count, sample } of groups) {
    counts.wanted += count;
    counts[state] += count;
    if (state === 'up' && sample !== null) counts.warning += count;
  }
  return counts;
}

/** Worst first. A warning on a tunnel that is up is trouble now; an offline replica may have been stopped on purpose. */
const badness: readonly TunnelState[] = ['failed', 'unsupported', 'up', 'offline', 'connecting', 'pending'];

const unhealthy = ({ state, sample }: TunnelGroup) => state !== 'up' || sample !== null;

export const worstGroup = (groups: readonly TunnelGroup[]): TunnelGroup | undefined =>
  groups
    .filter(unhealthy)
    .toSorted((a, b) => badness.indexOf(a.state) - badness.indexOf(b.state) || b.count - a.count)[0];

/** What is said of a state that no diagnosis of a replica explains. */
const plainWords: Record<TunnelState, string> = {
  failed: 'Failed',
  unsupported: 'Can’t do IPsec',
  up: 'Up',
  offline: 'Replica offline',
  connecting: 'Connecting',
  pending: 'Settings on their way',
};

/** The summaries of these VPNs or workspaces by id, the worst condition in words. At most two queries. */
export async function summarizeTunnels(
  db: Kysely<Database>,
  key: SummaryKey,
  scope: SummaryScope,
): Promise<Map<string, TunnelSummary>> {
  const groups = await groupTunnels(db, key, scope);
  const worst = new Map([...groups].map(([id, list]) => [id, worstGroup(list)]));
  const vpnIds = new Set([...worst.values()].flatMap((group) => (group?.sample ? [group.vpnId] : [])));
  const vpns =
    vpnIds.size === 0
      ? []
      : await db
          .selectFrom('vpn')
          .selectAll()
          .where('id', 'in', [...vpnIds])
          .execute();
  const settings = new Map(vpns.map((vpn) => [vpn.id, settingsOfRow(vpn)]));

  const inWords = ({ state, sample, vpnId }: TunnelGroup) => {
    const vpn = settings.get(vpnId);
    const reported = state === 'failed' || state === 'up' || state === 'connecting';
    if (!reported || sample === null || vpn === undefined) return plainWords[state];
    return explainDiagnosis(readJson(DiagnosisReport, sample.diagnosis), vpn, sample.localId).short;
  };

  const summaries = new Map<string, TunnelSummary>();
  for (const [id, list] of groups) {
    const group = worst.get(id);
    summaries.set(id, {
      ...countTunnels(list),
      worst: group ? { state: group.state, short: inWords(group) } : null,
    });
  }
  return summaries;
}
