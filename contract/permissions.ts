import type { Role } from './team.ts';

/**
 * Who may do what in a team. One table for both sides: the server refuses with `reason` (403), the dashboard disables
 * the button and shows it. Whoever isn't a member of the team sees nothing of it, so that case isn't here. An API token
 * may do what its owner may. Every member sees the team's VPNs, workspaces, tunnels and activity.
 */
export type Permission = { allowed: true } | { allowed: false; reason: string };

/** Somebody in a team. */
export type Actor = { userId: string; role: Role };
type Owned = { ownerId: string };

const yes: Permission = { allowed: true };
const no = (reason: string): Permission => ({ allowed: false, reason });

const admins = (actor: Actor, reason: string) => (actor.role === 'admin' ? yes : no(reason));
const ownerOrAdmins = (actor: Actor, thing: Owned, reason: string) =>
  thing.ownerId === actor.userId ? yes : admins(actor, reason);

export const may = {
  /** Create, change, duplicate and delete VPNs. */
  manageVpns: (actor: Actor) => admins(actor, 'Only admins of the team can create, change or delete VPNs.'),

  /** Try settings out, pause and take back a change, move workspaces, make links for the network admin. */
  rolloutVpns: (actor: Actor) =>
    admins(actor, 'Only admins of the team can test, share, move and take back what concerns a VPN.'),

  createWorkspace: (_actor: Actor): Permission => yes,

  /** Rename, hand over and delete a workspace; its join tokens and replicas. */
  manageWorkspace: (actor: Actor, workspace: Owned) =>
    ownerOrAdmins(actor, workspace, 'Only the owner of the workspace or an admin of the team can do this.'),

  /** Connect a workspace to a VPN, and disconnect it. */
  connectWorkspace: (actor: Actor, workspace: Owned) =>
    ownerOrAdmins(
      actor,
      workspace,
      'Only the owner of the workspace or an admin of the team can connect it.',
    ),

  /** Verify from a workspace's replicas, and have their tunnels tried again. */
  useReplicas: (actor: Actor, workspace: Owned) =>
    ownerOrAdmins(
      actor,
      workspace,
      'Only the owner of the workspace or an admin of the team can use its replicas.',
    ),

  /** Rename the team, decide what its members may share. */
  manageTeam: (actor: Actor) => admins(actor, 'Only admins of the team can change it.'),

  /** Invite, change roles, remove members, make links that reset a password. */
  manageMembers: (actor: Actor) => admins(actor, 'Only admins of the team can manage its members.'),

  /** The team's secrets. Everybody has their own besides. */
  manageSecrets: (actor: Actor) => admins(actor, 'Only admins of the team can manage its secrets.'),

  /** See which secrets the replicas of a workspace get: the team's, and to its owner their own. */
  seeWorkspaceSecrets: (actor: Actor, workspace: Owned) =>
    ownerOrAdmins(
      actor,
      workspace,
      'Only the owner of the workspace or an admin of the team can see its secrets.',
    ),

  /** Issuers of identity tokens, and which repositories' pipelines the team trusts. */
  manageTrust: (actor: Actor) =>
    admins(actor, 'Only admins of the team can decide which repositories it trusts.'),

  /** The company’s provider, and whether passwords are good. */
  manageSignIn: (actor: Actor) =>
    admins(actor, 'Only admins of the team can decide how its members sign in.'),

  createApiToken: (_actor: Actor): Permission => yes,

  /** Own tokens; admins revoke everybody's. */
  revokeApiToken: (actor: Actor, token: Owned) =>
    ownerOrAdmins(actor, token, 'Only the owner of the token or an admin of the team can revoke it.'),
} as const;
