import type { Topic } from '../../contract/events.ts';

type Key = readonly unknown[];

/**
 * Every query key of the dashboard, in one place, so that an event's topic finds what it makes stale. A key that starts
 * with another is invalidated with it.
 */
export const keys = {
  session: ['session'],
  browsers: ['browsers'],
  offeredProviders: ['offered-providers'],
  ownSignIn: ['own-sign-in'],
  ownApiTokens: ['own-api-tokens'],
  everythingOf: (team: string) => ['teams', team],
  team: (team: string) => ['teams', team, 'team'],
  signInSettings: (team: string) => ['teams', team, 'sign-in'],
  members: (team: string) => ['teams', team, 'members'],
  invitations: (team: string) => ['teams', team, 'invitations'],
  apiTokens: (team: string) => ['teams', team, 'api-tokens'],
  activity: (team: string) => ['teams', team, 'activity'],
  vpns: (team: string) => ['teams', team, 'vpns'],
  /** One VPN by id: append what of it (`'workspaces'`, `'tunnels'`, …). */
  vpn: (team: string, vpn: string) => ['teams', team, 'vpn', vpn],
  workspaces: (team: string) => ['teams', team, 'workspaces'],
  workspace: (team: string, workspace: string) => ['teams', team, 'workspace', workspace],
  /** The ports of one workspace by id. */
  ports: (team: string, workspace: string) => ['teams', team, 'ports', workspace],
  sharedPorts: (team: string) => ['teams', team, 'shared-ports'],
  portNotices: (team: string) => ['teams', team, 'port-notices'],
  /** Issuers and trusted repositories: append which. */
  trust: (team: string) => ['teams', team, 'trust'],
  /** Previews and the last runs of pipelines: append which. */
  previews: (team: string) => ['teams', team, 'previews'],
  secrets: (team: string) => ['teams', team, 'secrets'],
  /** What a workspace’s replicas get: changes with the secrets, and with who owns it and what joins. */
  workspaceSecrets: (team: string, workspace: string) => ['teams', team, 'secrets', 'workspace', workspace],
  verification: (team: string, verification: string) => ['teams', team, 'verification', verification],
} as const satisfies Record<string, Key | ((...ids: string[]) => Key)>;

/** The table from what the event stream names to the queries that hold it. */
export function keysOf(team: string, topic: Topic): Key[] {
  if (topic === 'team') {
    const ofTeam = [keys.team, keys.members, keys.invitations, keys.apiTokens, keys.signInSettings];
    return [keys.session, keys.ownApiTokens, ...ofTeam.map((key) => key(team))];
  }
  if (topic === 'activity') return [keys.activity(team)];
  if (topic === 'vpns') return [keys.vpns(team)];
  if (topic === 'workspaces') return [keys.workspaces(team)];
  if (topic === 'ports') return [keys.sharedPorts(team), keys.portNotices(team)];
  if (topic === 'trust' || topic === 'previews' || topic === 'secrets') return [keys[topic](team)];
  const [kind = '', id = ''] = topic.split(':', 2);
  if (kind === 'vpn') return [keys.vpn(team, id)];
  if (kind === 'ports') return [keys.ports(team, id)];
  if (kind === 'workspace') return [keys.workspace(team, id), keys.workspaceSecrets(team, id)];
  return [keys.verification(team, id)];
}
