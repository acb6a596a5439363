import type { Selectable } from 'kysely';
import { ChangeReport, TunnelReport } from '../../contract/agentProtocol.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import { IpsecCapability } from '../../contract/workspaces.ts';
import { readJson, readTexts } from '../db/json.ts';
import type { TunnelTable, VpnTable } from '../db/schema.ts';
import { previousSettings } from '../db/underWay.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import type { TunnelFacts } from './tunnels.ts';
import { oldestRevision, wantedRevision, type wantedTunnels } from './wantedTunnels.ts';

/** A wanted tunnel with all its facts but the VPN's own settings: those are the same for many, so they are read once. */
export const selectFacts = (query: ReturnType<typeof wantedTunnels>) =>
  query
    .selectAll('tunnel')
    .select([
      'replica.id as replicaId',
      'replica.name as replicaName',
      'replica.ordinal',
      'replica.hostname',
      'replica.local_id as localId',
      'replica.connection',
      'replica.since as replicaSince',
      'replica.ipsec',
      'vpn.id as vpnId',
      'vpn.name_key as vpnNameKey',
      'workspace.id as workspaceId',
      'workspace.name as workspaceName',
      'vpn_workspace.connected_at as connectedAt',
      'rollout.previous_settings as previousSettings',
      'rollout_replica.state as partInChange',
      wantedRevision.as('wantedRevision'),
      oldestRevision.as('oldestRevision'),
    ]);

export type FactsRow = Awaited<ReturnType<ReturnType<typeof selectFacts>['execute']>>[number];

export const factsOfRow = (row: FactsRow, vpn: Selectable<VpnTable>): TunnelFacts => ({
  vpn: {
    ...settingsFor(row, vpn),
    id: vpn.id,
    revision: row.wantedRevision,
    oldestRevision: row.oldestRevision,
    updatedAt: vpn.updated_at,
  },
  workspace: { id: row.workspaceId, name: row.workspaceName, connectedAt: row.connectedAt },
  replica: {
    id: row.replicaId,
    name: row.replicaName,
    hostname: row.hostname,
    localId: row.localId,
    online: row.connection !== null,
    since: row.replicaSince,
    ipsec: readJson(IpsecCapability, row.ipsec),
  },
  report: reportOfRow(row),
});

/** The settings that this replica has, or tries out: while a change is under way, others have other ones. */
function settingsFor(row: FactsRow, vpn: Selectable<VpnTable>): VpnSettings {
  const before = previousSettings({ previous_settings: row.previousSettings });
  const given = row.partInChange === 'changed' || row.partInChange === 'trying';
  return before === null || given ? settingsOfRow(vpn) : { ...before, name: vpn.name };
}

export const DiagnosisReport = TunnelReport.shape.diagnosis.unwrap();

/** The left join gives null in every column where there is no report; any that can't be null tells. */
function reportOfRow(row: FactsRow): TunnelFacts['report'] {
  if (row.vpn_id === null || row.state === null || row.since === null || row.reported_at === null)
    return null;
  return {
    vpnId: row.vpn_id,
    state: row.state,
    since: row.since,
    attempt: row.attempt ?? 0,
    nextTryAt: row.next_try_at,
    virtualIp: row.virtual_ip,
    bytesIn: row.bytes_in ?? 0,
    bytesOut: row.bytes_out ?? 0,
    ikeEstablishedAt: row.ike_established_at,
    ikeSuite: row.ike_suite,
    espSuite: row.esp_suite,
    remoteSubnets: readTexts(row.remote_subnets ?? '[]'),
    appliedRevision: row.applied_revision,
    diagnosis: row.diagnosis === null ? null : readJson(DiagnosisReport, row.diagnosis),
    change: row.change === null ? null : readJson(ChangeReport, row.change),
    rekeyedAt: row.rekeyed_at,
    reportedAt: row.reported_at,
  };
}

const INT_MAX = 2 ** 31 - 1;
/** Into what the column holds: one absurd number of one agent must not keep the reports of all others from being stored. */
const within = (value: number, max: number) => Math.min(Math.max(0, Math.trunc(value)), max);

/** The row of a report: what `reportOfRow` reads back. */
export const rowOfReport = (replicaId: string, report: TunnelReport, reportedAt: string): TunnelTable => ({
  replica_id: replicaId,
  vpn_id: report.vpnId,
  state: report.state,
  since: report.since,
  attempt: within(report.attempt, INT_MAX),
  next_try_at: report.nextTryAt,
  virtual_ip: report.virtualIp,
  bytes_in: within(report.bytesIn, Number.MAX_SAFE_INTEGER),
  bytes_out: within(report.bytesOut, Number.MAX_SAFE_INTEGER),
  ike_established_at: report.ikeEstablishedAt,
  ike_suite: report.ikeSuite,
  esp_suite: report.espSuite,
  remote_subnets: JSON.stringify(report.remoteSubnets),
  applied_revision: report.appliedRevision === null ? null : within(report.appliedRevision, INT_MAX),
  diagnosis: report.diagnosis === null ? null : JSON.stringify(report.diagnosis),
  diagnosis_code: report.diagnosis?.code ?? null,
  reported_at: reportedAt,
  change: report.change ? JSON.stringify(report.change) : null,
  rekeyed_at: report.rekeyedAt ?? null,
});
