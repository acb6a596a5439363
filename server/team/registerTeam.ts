import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerApiTokens } from './apiTokens.ts';
import { registerInvitations } from './invitations.ts';
import { registerMembers } from './members.ts';
import { registerResetLinks } from './resetLinks.ts';
import { registerTeamSettings } from './teamSettings.ts';

export function registerTeam(app: App, deps: Deps): void {
  registerTeamSettings(app, deps);
  registerMembers(app, deps);
  registerResetLinks(app, deps);
  registerInvitations(app, deps);
  registerApiTokens(app, deps);
}
