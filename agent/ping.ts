/** What a run of `ping` found. Every text comes from the table below, never from ping itself. */
export type PingOutcome =
  | { kind: 'answered'; roundTripMs: number }
  | { kind: 'unreachable'; why: string; from: string }
  | { kind: 'no_answer' }
  | { kind: 'unusable'; why: string };

/**
 * Arguments for iputils' and BusyBox's ping: numeric, from `source`, done at the first answer, at the first error that
 * comes back, or after `timeoutMs`; until then one more packet each second, since the first is easily lost to ARP.
 * The caller has checked that both addresses are literal IP addresses.
 */
export function pingArguments(address: string, source: string, timeoutMs: number): string[] {
  const seconds = String(Math.max(1, Math.ceil(timeoutMs / 1000)));
  return ['-n', '-c', '1', '-w', seconds, '-W', seconds, '-I', source, address];
}

const answer = /^\d+ bytes from (\S+?):? (?:icmp_)?seq=\d+ ttl=\d+ time[=<]([0-9]+(?:\.[0-9]+)?) ?ms$/;
const errorLine = /^From (\S+?):? (?:icmp_seq=\d+ )?(.+)$/;

/** iputils' words for ICMP errors (ping.c, pr_icmph) in ours. */
const icmpErrors: readonly (readonly [RegExp, string])[] = [
  [/^Destination Host Unreachable$/, 'the host can’t be reached from there'],
  [/^Destination Net Unreachable$/, 'there is no route to that network from there'],
  [/^Destination Port Unreachable$/, 'it refuses'],
  [
    /^(?:Packet filtered|Destination (?:Host|Net) Prohibited|Destination unreachable: Administratively prohibited)$/,
    'a firewall there refuses it',
  ],
  [
    /^(?:Time to live exceeded|Destination unreachable: No route)$/,
    'packets don’t find their way from there',
  ],
  [/^Destination unreachable: Address unreachable$/, 'the host can’t be reached from there'],
];

const localErrors: readonly (readonly [RegExp, string])[] = [
  [
    /Cannot assign requested address|invalid source address|bind:/i,
    'the tunnel’s virtual IP is gone from this replica',
  ],
  [/Network is unreachable|No route to host/i, 'this replica has no route to it'],
  [
    /Operation not permitted|permission denied/i,
    'this replica may not send it: a firewall on it, or missing privileges',
  ],
];

/**
 * Reads what ping wrote, in the C locale. An answer counts only when it comes from the address that was asked.
 *
 * @param address the address that was pinged, as it was given to ping
 */
export function parsePing(address: string, stdout: string, stderr: string): PingOutcome {
  const lines = stdout.split('\n').map((line) => line.trim());
  for (const line of lines) {
    const [, from, milliseconds] = answer.exec(line) ?? [];
    if (from === address && milliseconds !== undefined) {
      return { kind: 'answered', roundTripMs: Number(milliseconds) };
    }
  }
  for (const line of lines) {
    const [, from, text] = errorLine.exec(line) ?? [];
    const known = text === undefined ? undefined : icmpErrors.find(([pattern]) => pattern.test(text));
    if (from !== undefined && known) return { kind: 'unreachable', why: known[1], from };
  }
  const local = localErrors.find(([pattern]) => pattern.test(stderr));
  if (local) return { kind: 'unusable', why: local[1] };
  return { kind: 'no_answer' };
}
