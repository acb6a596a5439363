import type { Ref } from '../../contract/lists.ts';
import type { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';

export type Connection = { vpn: Ref; workspace: Ref };

/**
 * Connects one VPN to several workspaces, or several VPNs to one, one after the other. Those that can’t be don’t keep the
 * others from it; afterwards it rejects with an error that names each with its reason.
 */
export async function connectAll(
  team: string,
  connections: readonly Connection[],
  nameOf: (connection: Connection) => string,
): Promise<void> {
  const refused: string[] = [];
  for (const connection of connections) {
    const path = apiPath`/teams/${team}/vpns/${connection.vpn.id}/workspaces/${connection.workspace.id}`;
    await api.put<ConnectedWorkspace>(path, undefined).catch((error: unknown) => {
      refused.push(`${nameOf(connection)}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  if (refused.length === 0) return;
  const added = connections.length - refused.length;
  const rest = added === 0 ? '' : ` The other ${added === 1 ? 'one is' : `${added} are`} connected.`;
  throw new Error(`Not connected: ${refused.join(' ')}${rest}`);
}
