import type { TunnelReport } from '../../contract/agentProtocol.ts';
import { explainDiagnosis } from '../../contract/diagnoses.ts';
import type { Ref } from '../../contract/lists.ts';
import type { Diagnosis, Tunnel, TunnelState } from '../../contract/tunnels.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import { notDelivered, replicaOffline } from './conditions.ts';

/** Everything that decides how one tunnel stands. Times are ISO texts. */
export type TunnelFacts = {
  vpn: VpnSettings & {
    id: string;
    /** The revision that this replica should have. */
    revision: number;
    /** The oldest revision that a report may be about. */
    oldestRevision: number;
    updatedAt: string;
  };
  workspace: Ref & { connectedAt: string };
  replica: Ref & {
    hostname: string;
    localId: string;
    online: boolean;
    since: string;
    ipsec: IpsecCapability;
  };
  /** What the replica last said, and when; null: nothing yet. */
  report: (TunnelReport & { reportedAt: string }) | null;
};

/** The part of the facts that the state depends on; also what summaries count by. */
export type StateFacts = {
  online: boolean;
  ipsecSupported: boolean;
  reported: TunnelReport['state'] | null;
  appliedRevision: number | null;
  oldestRevision: number;
};

/**
 * What a replica says about an older revision says nothing about this one: until it has applied what is wanted, the
 * tunnel is pending. While it tries a change out, the revision before counts as well: that tunnel is still there. A failure before anything could be applied (no revision) is one all the same.
 */
export function tunnelState(facts: StateFacts): TunnelState {
  if (!facts.online) return 'offline';
  if (!facts.ipsecSupported || facts.reported === 'unsupported') return 'unsupported';
  if (facts.reported === null) return 'pending';
  if (facts.appliedRevision === null) return facts.reported === 'failed' ? 'failed' : 'pending';
  return facts.appliedRevision < facts.oldestRevision ? 'pending' : facts.reported;
}

/** A probe that is still running rules nothing out. */
export const ruledOut = (ipsec: IpsecCapability): boolean => !ipsec.supported && ipsec.code !== 'probing';

const latest = (...times: string[]) => times.reduce((a, b) => (a > b ? a : b));

/** The tunnel as it is shown. Reads nothing but its argument. */
export function deriveTunnel(facts: TunnelFacts): Tunnel {
  const { vpn, workspace, replica, report } = facts;
  const state = tunnelState({
    online: replica.online,
    ipsecSupported: !ruledOut(replica.ipsec),
    reported: report?.state ?? null,
    appliedRevision: report?.appliedRevision ?? null,
    oldestRevision: vpn.oldestRevision,
  });
  return {
    id: `${replica.id}.${vpn.id}`,
    vpn: { id: vpn.id, name: vpn.name },
    workspace: { id: workspace.id, name: workspace.name },
    replica: { id: replica.id, name: replica.name },
    state,
    lastState: state === 'offline' ? (report?.state ?? null) : null,
    since: since(state, facts),
    ...details(state === 'pending' ? null : report),
    appliedRevision: report?.appliedRevision ?? null,
    wantedRevision: vpn.revision,
    diagnosis: diagnosis(state, facts),
    reportedAt: report?.reportedAt ?? null,
  };
}

/** A pending tunnel shows no figures: those it has are of the tunnel that is being replaced. */
function details(report: TunnelReport | null) {
  return {
    attempt: report?.attempt ?? 0,
    nextTryAt: report?.nextTryAt ?? null,
    virtualIp: report?.virtualIp ?? null,
    bytesIn: report?.bytesIn ?? 0,
    bytesOut: report?.bytesOut ?? 0,
    ikeEstablishedAt: report?.ikeEstablishedAt ?? null,
    ikeSuite: report?.ikeSuite ?? null,
    espSuite: report?.espSuite ?? null,
    remoteSubnets: report?.remoteSubnets ?? [],
  };
}

function since(state: TunnelState, { vpn, workspace, replica, report }: TunnelFacts): string {
  switch (state) {
    case 'offline':
      return replica.since;
    case 'pending':
      return latest(vpn.updatedAt, workspace.connectedAt, replica.since);
    default:
      return report?.since ?? latest(workspace.connectedAt, replica.since);
  }
}

function diagnosis(state: TunnelState, { vpn, replica, report }: TunnelFacts): Diagnosis | null {
  switch (state) {
    case 'offline':
      return replicaOffline(replica);
    case 'pending':
      return notDelivered(replica, vpn.revision);
    case 'unsupported': {
      const { code, reason, fix } = replica.ipsec;
      const fromProbe = {
        code: 'unsupported',
        parts: { code: code ?? '', reason: reason ?? '', fix: fix ?? '' },
        log: [],
      };
      return explainDiagnosis(report?.diagnosis ?? fromProbe, vpn, replica.localId);
    }
    default:
      return report?.diagnosis ? explainDiagnosis(report.diagnosis, vpn, replica.localId) : null;
  }
}
