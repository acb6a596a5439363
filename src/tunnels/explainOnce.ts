import type { Diagnosis, Tunnel } from '../../contract/tunnels.ts';

/**
 * What makes two diagnoses the same to a reader: one cause with one remedy. Texts may differ in a detail (the
 * replica’s own identity), log lines always do.
 */
export const diagnosisKey = ({ code, here }: Diagnosis): string =>
  [code, here.action?.field ?? '', here.command ?? ''].join('\n');

export type Explanation =
  /** This row shows the panel; `alsoAt` names the other replicas that it speaks for. */
  | { kind: 'panel'; alsoAt: Tunnel[] }
  /** Explained at that tunnel's row. */
  | { kind: 'same'; as: Tunnel };

/**
 * Twenty replicas with one cause get one panel, at the first of them, instead of a wall of twenty. By tunnel id;
 * tunnels without a diagnosis have no entry.
 */
export function explainOnce(tunnels: Tunnel[]): Map<string, Explanation> {
  const groups = Map.groupBy(
    tunnels.flatMap((tunnel) => (tunnel.diagnosis === null ? [] : [{ tunnel, diagnosis: tunnel.diagnosis }])),
    ({ diagnosis }) => diagnosisKey(diagnosis),
  );
  const explanations = new Map<string, Explanation>();
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue;
    explanations.set(first.tunnel.id, { kind: 'panel', alsoAt: others.map(({ tunnel }) => tunnel) });
    for (const { tunnel } of others) explanations.set(tunnel.id, { kind: 'same', as: first.tunnel });
  }
  return explanations;
}
