import type { Actor, Permission } from './permissions.ts';
import {
  effectiveVisibility,
  opensMore,
  policyAllows,
  type PortPolicy,
  type Visibility,
} from './visibility.ts';

/**
 * Who may reach a forwarded port, and who may change it. The gateway asks `decidePortAccess` for each request and again
 * while an answer streams; the API and the dashboard’s buttons ask `portCan`. Nothing else decides.
 */

/** A port as the decision sees it. */
export type GuardedPort = {
  id: string;
  /** The owner of its workspace. */
  ownerId: string;
  visibility: Visibility;
  /**
   * Goes up when somebody who was let in may have lost that right for good: visibility tightened, forwarding stopped,
   * the workspace restarted or handed over. What was let in under an older epoch has to ask again.
   */
  accessEpoch: number;
};

/**
 * Whoever asks, by what they showed. `member` says whether they are a member of the workspace’s team now. A cookie is
 * the port’s own; a session is the dashboard’s, which only the sign-in step of the handshake ever sees.
 */
export type PortViewer =
  | { kind: 'anonymous' }
  | {
      kind: 'cookie';
      userId: string;
      member: boolean;
      portId: string;
      accessEpoch: number;
      /** Milliseconds since the epoch; absolute. */
      expiresAt: number;
    }
  | { kind: 'session'; userId: string; member: boolean }
  | { kind: 'api-token'; userId: string; member: boolean };

export type PortDecision = 'allow' | 'sign-in' | 'not-found';

/**
 * Decides about one request. `port` is null where nothing is forwarded at that address. Somebody who isn’t signed in is
 * asked to sign in for addresses that don’t exist too, and somebody who is gets the same answer for a port that isn’t
 * theirs as for one that isn’t there: neither can tell missing from private.
 */
export function decidePortAccess(
  port: GuardedPort | null,
  viewer: PortViewer,
  policy: PortPolicy,
  now: number,
): PortDecision {
  const visibility = port === null ? 'private' : effectiveVisibility(port.visibility, policy);
  if (port !== null && visibility === 'public') return 'allow';
  if (viewer.kind === 'anonymous') return 'sign-in';
  if (viewer.kind === 'cookie') {
    const current =
      port !== null &&
      viewer.portId === port.id &&
      viewer.accessEpoch === port.accessEpoch &&
      now < viewer.expiresAt;
    if (!current) return 'sign-in';
  }
  if (port === null || !viewer.member) return 'not-found';
  return visibility === 'organization' || viewer.userId === port.ownerId ? 'allow' : 'not-found';
}

type Workspace = { ownerId: string };

const yes: Permission = { allowed: true };
const no = (reason: string): Permission => ({ allowed: false, reason });

export const portCan = {
  /** See every port of the workspace; other members see what is shared with them. */
  seeAll: (actor: Actor, workspace: Workspace): boolean =>
    actor.userId === workspace.ownerId || actor.role === 'admin',

  /** Forward a port, name it, change its protocol. */
  manage: (actor: Actor, workspace: Workspace): Permission =>
    actor.userId === workspace.ownerId ? yes : no('Only the owner of the workspace can change its ports.'),

  /** Admins may stop what somebody else shares, never open it. */
  stop: (actor: Actor, workspace: Workspace): Permission =>
    actor.userId === workspace.ownerId || actor.role === 'admin'
      ? yes
      : no('Only the owner of the workspace or an admin of the team can stop forwarding its ports.'),

  setVisibility(
    actor: Actor,
    workspace: Workspace,
    change: { from: Visibility; to: Visibility },
    policy: PortPolicy,
  ): Permission {
    const owner = actor.userId === workspace.ownerId;
    if (opensMore(change.to, change.from)) {
      if (!owner) return no('Only the owner of the workspace can share its ports.');
      if (!policyAllows(policy, change.to)) return no(forbiddenByTeam[change.to]);
      return yes;
    }
    return owner || actor.role === 'admin'
      ? yes
      : no('Only the owner of the workspace or an admin of the team can make its ports less visible.');
  },
} as const;

const forbiddenByTeam: Readonly<Record<Visibility, string>> = {
  private: '',
  organization:
    'The team doesn’t allow ports that all its members can reach. Admins can change that in Settings.',
  public: 'The team doesn’t allow public ports. Admins can change that in Settings.',
};
