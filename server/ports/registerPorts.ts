import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerPortChanges } from './changePort.ts';
import { registerPortForwarding } from './forwardPort.ts';
import { registerPortList } from './listPorts.ts';
import { registerPortNotices } from './portNotices.ts';
import { registerSharedPorts } from './sharedPorts.ts';
import { registerPortStop } from './stopPort.ts';

/** The ports of workspaces: what listens, what is forwarded, and to whom. Who is let in is decided in `server/gateway/`. */
export function registerPorts(app: App, deps: Deps): void {
  registerPortList(app, deps);
  registerPortForwarding(app, deps);
  registerPortChanges(app, deps);
  registerPortStop(app, deps);
  registerSharedPorts(app, deps);
  registerPortNotices(app, deps);
}
