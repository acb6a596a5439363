import type { Diagnosis, Tunnel, TunnelSummary } from '../contract/tunnels.ts';

/** “2 of 3 up, Gateway doesn’t answer”. */
export function tunnelsText({ wanted, up, worst }: TunnelSummary): string {
  if (wanted === 0) return 'none';
  const count = `${up} of ${wanted} up`;
  return worst === null ? count : `${count}, ${worst.short}`;
}

/** What is wrong with a tunnel, what to change and on which side, and the log lines that prove it. */
export function diagnosisText({ title, cause, here, gateway, log }: Diagnosis): string {
  const lines = [`${title}. ${cause}`];
  if (here.text !== '') lines.push(`Here: ${here.text}`);
  if (here.command !== null) lines.push(`  $ ${here.command}`);
  if (gateway !== null) lines.push(`On the gateway: ${gateway.text}`);
  return [...lines, ...log.map((line) => `  | ${line}`)].join('\n');
}

/** The diagnoses of these tunnels, one paragraph for each replica that has one; an empty text where all is well. */
export const diagnosesText = (tunnels: readonly Tunnel[]): string =>
  tunnels
    .flatMap(({ replica, vpn, diagnosis }) =>
      diagnosis === null ? [] : [`${replica.name} to ${vpn.name}: ${diagnosisText(diagnosis)}`],
    )
    .join('\n\n');
