import { z } from 'zod';
import { Instant, PageQuery, Ref } from './lists.ts';
import { displayName } from './team.ts';
import { TunnelSummary } from './tunnels.ts';

/** 1 to 40 of a-z, 0-9 and dashes: replicas are named <workspace>-<n>, and the names end up in IKE identities. */
export const workspaceName = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(40, 'Use at most 40 characters.')
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    'Use lower-case letters, digits and dashes, starting and ending with a letter or digit.',
  )
  .refine((text) => !/^(ws|rep|vpn)_/.test(text), 'A name can’t look like an id.');

/** VPNs of one workspace. Each replica is told all of them at once, keys included, and reports on all of them at once. */
export const WORKSPACE_VPNS_MAX = 64;

/** Whether a replica can do IPsec. `reason` and `fix` (a shell command) are null when it can. */
export const IpsecCapability = z
  .object({
    supported: z.boolean(),
    backend: z.enum(['kernel', 'libipsec']).nullable(),
    strongswanVersion: z.string().nullable(),
    code: z.string().nullable().meta({ description: 'Why not: not_root, no_strongswan, no_tun, …' }),
    reason: z.string().nullable(),
    fix: z.string().nullable(),
  })
  .meta({ id: 'IpsecCapability' });
export type IpsecCapability = z.infer<typeof IpsecCapability>;

export const Replica = z
  .object({
    id: z.string(),
    name: z.string(),
    workspace: Ref,
    hostname: z.string(),
    online: z.boolean(),
    since: Instant.meta({ description: 'Online or offline since.' }),
    joinedAt: Instant,
    agentVersion: z.string(),
    platform: z.string().meta({ description: 'Such as linux-x64.' }),
    ipsec: IpsecCapability,
    joinToken: z.object({ id: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: 'Replica' });
export type Replica = z.infer<typeof Replica>;

export const Workspace = z
  .object({
    id: z.string(),
    name: z.string(),
    owner: Ref,
    createdAt: Instant,
    revision: z.int(),
    replicas: z.object({ total: z.int(), online: z.int() }),
    vpns: z.array(Ref),
    tunnels: TunnelSummary,
    preview: z
      .object({ id: z.string(), repository: z.string(), change: z.string(), expiresAt: Instant })
      .nullable()
      .meta({ description: 'Where a pipeline made it for one change, and until when it stays by itself.' }),
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof Workspace>;

export const WorkspaceCreate = z.object({ name: workspaceName }).meta({ id: 'WorkspaceCreate' });
export type WorkspaceCreate = z.infer<typeof WorkspaceCreate>;

export const WorkspaceChange = z
  .object({ name: workspaceName.optional(), ownerId: z.string().optional() })
  .meta({ id: 'WorkspaceChange' });
export type WorkspaceChange = z.infer<typeof WorkspaceChange>;

export const WorkspaceListQuery = PageQuery.extend({
  sort: z.enum(['name', '-name', 'created', '-created']).default('name'),
});
export type WorkspaceListQuery = z.infer<typeof WorkspaceListQuery>;

export const JoinToken = z
  .object({
    id: z.string(),
    name: z.string(),
    createdBy: Ref.nullable(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    expiresAt: Instant.nullable().meta({
      description: 'After this it admits no new replica; those that joined stay.',
    }),
    replicas: z.int().meta({ description: 'Replicas that hold it.' }),
  })
  .meta({ id: 'JoinToken' });
export type JoinToken = z.infer<typeof JoinToken>;

export const JoinTokenCreate = z
  .object({
    name: displayName.default('Join command'),
  })
  .meta({ id: 'JoinTokenCreate' });

/** The only answer that holds the token and the command to paste. */
export const JoinTokenCreated = z
  .object({ joinToken: JoinToken, token: z.string(), command: z.string() })
  .meta({ id: 'JoinTokenCreated' });
export type JoinTokenCreated = z.infer<typeof JoinTokenCreated>;

/** A workspace of the team as seen from a VPN: whether it is connected, or why it can't be. */
export const ConnectionCandidate = z
  .object({
    workspace: Ref,
    owner: Ref,
    replicas: z.object({ total: z.int(), online: z.int() }),
    connected: z.boolean(),
    blocked: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .meta({ description: 'Why it can’t be added: overlapping subnets with another VPN, not yours, ….' }),
    warning: z.string().nullable(),
  })
  .meta({ id: 'ConnectionCandidate' });
export type ConnectionCandidate = z.infer<typeof ConnectionCandidate>;

export const ConnectedWorkspace = z
  .object({
    workspace: Ref,
    owner: Ref,
    connectedAt: Instant,
    connectedBy: Ref.nullable(),
    replicas: z.object({ total: z.int(), online: z.int() }),
    tunnels: TunnelSummary,
  })
  .meta({ id: 'ConnectedWorkspace' });
export type ConnectedWorkspace = z.infer<typeof ConnectedWorkspace>;
