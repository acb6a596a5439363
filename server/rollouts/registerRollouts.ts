import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerMoves } from './createMove.ts';
import { registerRolloutControls } from './controlRollout.ts';
import { registerRolloutReading } from './getRollout.ts';

/** Changes of VPNs on their way to the replicas, and moves of workspaces from one VPN to another. */
export function registerRollouts(app: App, deps: Deps): void {
  registerRolloutReading(app, deps);
  registerRolloutControls(app, deps);
  registerMoves(app, deps);
}
