import type { Ref } from '../../../contract/lists.ts';
import type { ConnectedWorkspace } from '../../../contract/workspaces.ts';
import { api, apiPath } from '../../api/client.ts';

/** Some of several workspaces could not be connected; `message` names each with its reason. */
export class NotAllConnected extends Error {
  override readonly name = 'NotAllConnected';
}

/** Connects workspaces one after the other. Those that can’t be don’t keep the others from it. */
export async function connectAll(team: string, vpn: string, workspaces: readonly Ref[]): Promise<void> {
  const refused: string[] = [];
  for (const { id, name } of workspaces) {
    await api
      .put<ConnectedWorkspace>(apiPath`/teams/${team}/vpns/${vpn}/workspaces/${id}`, undefined)
      .catch((error: unknown) => {
        refused.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      });
  }
  if (refused.length > 0) {
    const added = workspaces.length - refused.length;
    const rest = added === 0 ? '' : ` The other ${added === 1 ? 'one is' : `${added} are`} added.`;
    throw new NotAllConnected(`Not added: ${refused.join(' ')}${rest}`);
  }
}
