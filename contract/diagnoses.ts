import {
  authenticationRefused,
  gatewayKeyMissing,
  identityRefused,
  keyMissing,
  peerIdentityDiffers,
  pskDiffersV1,
  pskDiffersV2,
} from './diagnoses/authentication.ts';
import type { Evidence } from './diagnoses/evidence.ts';
import { configRefused, installFails, unknown, unsupported } from './diagnoses/machine.ts';
import {
  gatewayLost,
  gatewayUnreachable,
  natPortBlocked,
  noRoute,
  silentAfterKeyExchange,
} from './diagnoses/network.ts';
import type { DiagnosisRow, Match } from './diagnoses/row.ts';
import {
  dhGroupDiffers,
  espSuiteRefused,
  ikeSuiteRefused,
  ikeVersionRefused,
  rekeyingFails,
} from './diagnoses/suites.ts';
import {
  closedWithoutVirtualIp,
  gatewayClosed,
  noAddressPool,
  nothingComesBack,
  noVirtualIp,
  replacedByAnother,
  someSubnetsRefused,
  subnetNarrowed,
  subnetRefused,
} from './diagnoses/tunnel.ts';
import type { TunnelReport } from './agentProtocol.ts';
import type { Diagnosis } from './tunnels.ts';
import type { VpnSettings } from './vpns.ts';

export type { Evidence, SaFacts } from './diagnoses/evidence.ts';

/**
 * Everything that can be wrong with a tunnel, most telling sign first: the first row that matches is the diagnosis.
 * A new one is a new row here. Signs and causes were seen on strongSwan 5.9.8 as client and as gateway.
 */
export const diagnoses: readonly DiagnosisRow[] = [
  unsupported,
  configRefused,
  keyMissing,
  installFails,
  peerIdentityDiffers,
  pskDiffersV1,
  pskDiffersV2,
  authenticationRefused,
  identityRefused,
  gatewayKeyMissing,
  ikeVersionRefused,
  ikeSuiteRefused,
  rekeyingFails,
  espSuiteRefused,
  dhGroupDiffers,
  subnetRefused,
  noAddressPool,
  closedWithoutVirtualIp,
  replacedByAnother,
  someSubnetsRefused,
  noVirtualIp,
  subnetNarrowed,
  nothingComesBack,
  noRoute,
  gatewayUnreachable,
  natPortBlocked,
  silentAfterKeyExchange,
  gatewayLost,
  gatewayClosed,
  unknown,
];

export type Diagnosed = NonNullable<TunnelReport['diagnosis']>;

const LOG_LINES = 20;
const LOG_LINE_LENGTH = 500;

/**
 * What is wrong, as the replica reports it; null: nothing that shows (yet). `final` says that waiting longer can't change
 * it. The log holds the lines that prove it, with the steps of the attempt that led there.
 */
export function diagnose(evidence: Evidence): { diagnosis: Diagnosed; final: boolean } | null {
  for (const row of diagnoses) {
    // Lines about what failed on the way don't count against a tunnel that is up.
    if (evidence.phase === 'up' && row.severity !== 'warning') continue;
    const match = row.match(evidence);
    if (!match) continue;
    const parts = Object.fromEntries(
      Object.entries(match.parts).map(([name, value]) => [name, value.slice(0, LOG_LINE_LENGTH)]),
    );
    return { diagnosis: { code: row.code, parts, log: provingLines(evidence, match) }, final: match.final };
  }
  return null;
}

const isStep = (line: string): boolean =>
  /^(?:initiating |selected proposal|IKE_SA .* established|CHILD_SA .* established|installing new virtual IP|authentication of )/.test(
    line,
  );

function provingLines({ log }: Evidence, { proof }: Match): string[] {
  const proving = new Set(proof);
  const fromLog = log.filter((line) => proving.has(line) || isStep(line));
  const others = proof.filter((line) => !log.includes(line));
  return [...fromLog, ...others].slice(-LOG_LINES).map((line) => line.slice(0, LOG_LINE_LENGTH));
}

/**
 * The diagnosis in words, for a VPN's settings and the replica's IKE identity. A code that this version doesn't know (the
 * agent may be newer) reads as the last row: the cause isn't known, and the log lines are shown.
 */
export function explainDiagnosis(
  { code, parts, log }: Diagnosed,
  vpn: VpnSettings,
  replicaLocalId: string,
): Diagnosis {
  const row = diagnoses.find((candidate) => candidate.code === code) ?? unknown;
  return { code, severity: row.severity, log, ...row.explain(parts, vpn, replicaLocalId) };
}
