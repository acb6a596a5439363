import type { Diagnosis } from '../tunnels.ts';
import type { VpnSettings } from '../vpns.ts';
import type { Evidence } from './evidence.ts';

/** Values that a diagnosis' texts need, taken from the evidence: they travel from the replica to the server. */
export type Parts = Record<string, string>;

export type Match = {
  parts: Parts;
  /** The log lines that prove it. */
  proof: readonly string[];
  /** Further waiting can't change it: an attempt that is still under way is ended. */
  final: boolean;
};

export type Explanation = Omit<Diagnosis, 'code' | 'severity' | 'log'>;

/** One row of the table: how a condition shows, and what to say about it. */
export type DiagnosisRow = {
  /** Stable: stored, and used by scripts. */
  code: string;
  severity: Diagnosis['severity'];
  match: (evidence: Evidence) => Match | null;
  /** Written for whoever has the VPN's form open; `localId` is the replica's IKE identity. Must stand any `parts`. */
  explain: (parts: Parts, vpn: VpnSettings, localId: string) => Explanation;
};

/** Matches when a log line does; named groups of the pattern become parts. */
export function matchLine({ log }: Evidence, pattern: RegExp, options?: { final?: boolean }): Match | null {
  const proof = log.filter((line) => pattern.test(line));
  const [first] = proof;
  if (first === undefined) return null;
  return { parts: { ...pattern.exec(first)?.groups }, proof, final: options?.final ?? true };
}

/** The part, or a word that reads well where it is missing: reports may come from an agent of another version. */
export const part = (parts: Parts, name: string, otherwise: string): string => parts[name] || otherwise;

export const listed = (items: readonly string[]): string => items.join(', ');

/** Peer ID in force: what the gateway has to call itself. */
export const peerIdOf = (vpn: VpnSettings): string => vpn.peerId ?? vpn.peerIp;

/** The gateway's side of an explanation, with a message that its admin understands without having seen anything else. */
export function gatewaySide(
  vpn: VpnSettings,
  localId: string,
  side: { finding: string; text: string; logLine: string },
): Explanation['gateway'] {
  const copy = [
    `Our VPN client ${localId} can’t use the tunnel to your gateway ${vpn.peerIp} (IKEv${vpn.ike.version}, our name for it: ${vpn.name}).`,
    side.finding,
    `Please change this on the gateway: ${side.text}`,
    `In the gateway’s log, look for: ${side.logLine}`,
  ].join('\n');
  return { text: side.text, copy, logLine: side.logLine };
}
