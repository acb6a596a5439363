import type { ChangeReport, DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';

export type DiagnosisReport = NonNullable<TunnelReport['diagnosis']>;

/** How a VPN goes on one replica, for as long as nobody says otherwise. */
export type Outcome =
  | { kind: 'up'; warning?: DiagnosisReport; bytesIn?: number; bytesOut?: number }
  | { kind: 'connecting'; attempt: number }
  | { kind: 'failed'; diagnosis: DiagnosisReport }
  | { kind: 'unsupported'; diagnosis: DiagnosisReport };

export const up: Outcome = { kind: 'up' };

/** How a change ends that a replica tries out. slow: it isn't up before its time is over. */
export type ChangeOutcome =
  | 'kept'
  | 'slow'
  | { wentBack: Exclude<NonNullable<ChangeReport['reason']>, 'timeout'>; diagnosis: DiagnosisReport | null };

/** What an agent says of a tunnel that came into `outcome` at `since`. Times are in milliseconds since the epoch. */
export function reportOf(
  vpn: DesiredVpn,
  outcome: Outcome,
  {
    since,
    attempt,
    nextTryAt,
    virtualIp,
  }: { since: number; attempt: number; nextTryAt: number; virtualIp: string },
): TunnelReport {
  const report: TunnelReport = {
    vpnId: vpn.id,
    state: outcome.kind,
    since: instant(since),
    attempt: 0,
    nextTryAt: null,
    virtualIp: null,
    bytesIn: 0,
    bytesOut: 0,
    ikeEstablishedAt: null,
    ikeSuite: null,
    espSuite: null,
    remoteSubnets: [],
    appliedRevision: vpn.revision,
    diagnosis: null,
  };
  switch (outcome.kind) {
    case 'up':
      return {
        ...report,
        virtualIp,
        bytesIn: outcome.bytesIn ?? 0,
        bytesOut: outcome.bytesOut ?? 0,
        ikeEstablishedAt: instant(since),
        ikeSuite: vpn.ike.proposals[0] ?? null,
        espSuite: vpn.esp.proposals[0] ?? null,
        remoteSubnets: vpn.peerSubnets,
        diagnosis: outcome.warning ?? null,
      };
    case 'connecting':
      return { ...report, attempt: outcome.attempt };
    case 'failed':
      return { ...report, attempt, nextTryAt: instant(nextTryAt), diagnosis: outcome.diagnosis };
    case 'unsupported':
      return { ...report, appliedRevision: null, diagnosis: outcome.diagnosis };
  }
}

const instant = (ms: number) => new Date(ms).toISOString();
