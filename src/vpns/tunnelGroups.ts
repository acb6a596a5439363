import type { Tunnel } from '../../contract/tunnels.ts';
import type { ConnectedWorkspace } from '../../contract/workspaces.ts';

export type WorkspaceGroup = { connected: ConnectedWorkspace; tunnels: Tunnel[] };

const byName = (a: { name: string }, b: { name: string }) =>
  a.name.localeCompare(b.name, 'en', { numeric: true });

/** Workspaces by name, each with its replicas' tunnels by name: api-2 comes before api-10. */
export function groupByWorkspace(connected: ConnectedWorkspace[], tunnels: Tunnel[]): WorkspaceGroup[] {
  const byWorkspace = Map.groupBy(tunnels, (tunnel) => tunnel.workspace.id);
  return connected
    .toSorted((a, b) => byName(a.workspace, b.workspace))
    .map((item) => ({
      connected: item,
      tunnels: (byWorkspace.get(item.workspace.id) ?? []).toSorted((a, b) => byName(a.replica, b.replica)),
    }));
}
