import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerWorkspaceChanges } from './changeWorkspace.ts';
import { registerWorkspaceCreation } from './createWorkspace.ts';
import { registerWorkspaceDeletion } from './deleteWorkspace.ts';
import { registerJoinTokens } from './joinTokens.ts';
import { registerWorkspaceList } from './listWorkspaces.ts';
import { registerReplicas } from './replicas.ts';
import { registerJoinTokenRotation } from './rotateJoinToken.ts';
import { registerWorkspaceTunnels } from './workspaceTunnels.ts';

/** Workspaces, their replicas, and the tokens with which machines join. */
export function registerWorkspaces(app: App, deps: Deps): void {
  registerWorkspaceList(app, deps);
  registerWorkspaceCreation(app, deps);
  registerWorkspaceChanges(app, deps);
  registerWorkspaceDeletion(app, deps);
  registerReplicas(app, deps);
  registerJoinTokens(app, deps);
  registerJoinTokenRotation(app, deps);
  registerWorkspaceTunnels(app, deps);
}
