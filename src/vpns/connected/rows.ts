import type { Tunnel } from '../../../contract/tunnels.ts';
import { lineState } from '../culvert/geometry.ts';
import { explainOnce, type Explanation } from '../../tunnels/explainOnce.ts';
import type { WorkspaceGroup } from '../tunnelGroups.ts';

/** The table of connected workspaces: a row for each workspace, and under it one for each of its replicas. */
export type ConnectedRow =
  | { kind: 'workspace'; key: string; group: WorkspaceGroup }
  | { kind: 'replica'; key: string; ownerId: string; tunnel: Tunnel; explanation: Explanation | undefined };

/** With a `state`, only the replicas whose tunnel is drawn in it, and the workspaces that have one. */
export function connectedRows(groups: readonly WorkspaceGroup[], state: string | undefined): ConnectedRow[] {
  const shown = groups.flatMap(({ connected, tunnels }) => {
    const matching = state === undefined ? tunnels : tunnels.filter((tunnel) => lineState(tunnel) === state);
    return state !== undefined && matching.length === 0 ? [] : [{ connected, tunnels: matching }];
  });
  const explanations = explainOnce(shown.flatMap(({ tunnels }) => tunnels));
  return shown.flatMap((group): ConnectedRow[] => [
    { kind: 'workspace', key: group.connected.workspace.id, group },
    ...group.tunnels.map((tunnel): ConnectedRow => ({
      kind: 'replica',
      key: tunnel.id,
      ownerId: group.connected.owner.id,
      tunnel,
      explanation: explanations.get(tunnel.id),
    })),
  ]);
}
