import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerVpnChanges } from './changeVpn.ts';
import { registerConnectedWorkspaces } from './connectedWorkspaces.ts';
import { registerConnectionCandidates } from './connectionCandidates.ts';
import { registerConnections } from './connectWorkspace.ts';
import { registerVpnCreation } from './createVpn.ts';
import { registerVpnDeletion } from './deleteVpn.ts';
import { registerVpnList } from './listVpns.ts';
import { registerVpnTunnels } from './vpnTunnels.ts';

/** VPNs, the workspaces they are connected to, and their tunnels. */
export function registerVpns(app: App, deps: Deps): void {
  registerVpnList(app, deps);
  registerVpnCreation(app, deps);
  registerVpnChanges(app, deps);
  registerVpnDeletion(app, deps);
  registerConnectedWorkspaces(app, deps);
  registerConnectionCandidates(app, deps);
  registerConnections(app, deps);
  registerVpnTunnels(app, deps);
}
