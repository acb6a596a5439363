import type { Generated } from 'kysely';
import type { TunnelEventKind } from '../../contract/timeline.ts';

/**
 * The tables, as one schema for SQLite and PostgreSQL: ids and times are text (times as `Date.toISOString` writes them, so
 * that text order is time order), booleans are 0 or 1, lists and objects are JSON text, what may grow past 32 bits is a
 * bigint. Columns named `…_key` and `search` hold lower-case text made in JavaScript: the databases differ in what LIKE
 * and lower() do beyond ASCII.
 */
export type Database = {
  user: UserTable;
  team: TeamTable;
  member: MemberTable;
  token: TokenTable;
  sign_in_limit: SignInLimitTable;
  setting: SettingTable;
  activity: ActivityTable;
  workspace: WorkspaceTable;
  vpn: VpnTable;
  vpn_workspace: VpnWorkspaceTable;
  replica: ReplicaTable;
  removed_replica: RemovedReplicaTable;
  tunnel: TunnelTable;
  verification: VerificationTable;
  verification_result: VerificationResultTable;
  port: PortTable;
  replica_port: ReplicaPortTable;
  rollout: RolloutTable;
  rollout_replica: RolloutReplicaTable;
  tunnel_event: TunnelEventTable;
  tunnel_traffic: TunnelTrafficTable;
};

/** 0 or 1. */
export type Flag = 0 | 1;

export type UserTable = {
  id: string;
  /** Lower case, unique. */
  email: string;
  name: string;
  /** Lower case `name email`. */
  search: string;
  password_hash: string;
  created_at: string;
  /** Coarse: written at most once a minute. */
  last_seen_at: string | null;
};

export type TeamTable = {
  id: string;
  name: string;
  revision: Generated<number>;
  created_at: string;
  allow_organization_ports: Generated<Flag>;
  allow_public_ports: Generated<Flag>;
};

export type MemberTable = {
  team_id: string;
  user_id: string;
  role: 'admin' | 'member';
  joined_at: string;
};

/**
 * `port` is what the cookie of a forwarded port holds, `port_code` the code that it is swapped for; `gateway` is a link that shows a
 * VPN's gateway configuration.
 */
export type TokenKind =
  'session' | 'api' | 'invitation' | 'reset' | 'setup' | 'join' | 'port' | 'port_code' | 'gateway';

/** Everything that lets someone in. The raw token is shown once and never stored. */
export type TokenTable = {
  id: string;
  kind: TokenKind;
  /** sha256 of the raw token, in hex. */
  hash: string;
  /** Whose it is: the user of a session, API token or reset link. */
  user_id: string | null;
  /** The team it is good for: API tokens, invitations and join tokens. */
  team_id: string | null;
  /** Join tokens: the workspace that replicas join; null once it was deleted (they are revoked then, and stay to say so). */
  workspace_id: string | null;
  /** Invitations: the role it gives, and the address it was made for. */
  role: 'admin' | 'member' | null;
  email: string | null;
  /** API and join tokens: the name given to it. Sessions: the browser, such as “Chrome on Linux”. */
  name: string;
  created_by: string | null;
  created_at: string;
  /** Coarse: written at most once a minute. */
  last_used_at: string | null;
  /** Sessions: moves on with use. */
  idle_expires_at: string | null;
  /** Never moves. */
  expires_at: string | null;
  /** Revoked, spent (single-use links) or signed out. */
  revoked_at: string | null;
  /** Join tokens: the token that took its place; see server/workspaces/rotateJoinToken.ts. */
  replaced_by: string | null;
  /** Join tokens: the raw token in the secret box, only while replicas that hold its predecessor have to be given it. */
  sealed: string | null;
  /** Kinds `port` and `port_code`: the port they are good for, the epoch they were given in, and the session they came from: they live no longer than it. */
  port_id: string | null;
  access_epoch: number | null;
  session_id: string | null;
  /** Kind `port_code`: sha256 in hex of the nonce that the browser holds, so that the code is good in this browser alone. */
  challenge: string | null;
  /** Kind `gateway`: the VPN, the kind of gateway and the pool of virtual IPs that it was made for. */
  vpn_id: string | null;
  gateway_kind: string | null;
  gateway_pool: string | null;
};

/** Sign-in attempts that failed, counted per `address:<ip>` and per `account:<email>`. */
export type SignInLimitTable = {
  bucket: string;
  failures: number;
  last_failed_at: string;
  /** No attempt is looked at before this. */
  blocked_until: string | null;
};

/** Values of the installation by name, such as its id. */
export type SettingTable = {
  name: string;
  value: string;
};

export type ActivityTable = {
  id: string;
  team_id: string;
  at: string;
  actor_kind: 'user' | 'api-token' | 'agent' | 'system';
  actor_id: string;
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  subject_name: string;
  summary: string;
};

export type WorkspaceTable = {
  id: string;
  team_id: string;
  /** Lower case by its rules, so unique and searchable as it is. */
  name: string;
  owner_id: string;
  revision: Generated<number>;
  created_at: string;
};

export type VpnTable = {
  id: string;
  team_id: string;
  name: string;
  /** Lower-case name: names are unique per team whatever their case. */
  name_key: string;
  /** Lower-case name, peer IP, peer ID and subnets. */
  search: string;
  ike_version: 1 | 2;
  ike_lifetime_seconds: number;
  ike_proposals: string;
  esp_lifetime_seconds: number;
  esp_proposals: string;
  peer_ip: string;
  peer_id: string | null;
  peer_subnets: string;
  udp_encapsulation: Flag;
  dpd_delay_seconds: number;
  /** Sealed with the context `vpn:<id>:psk`. */
  psk_sealed: string;
  psk_changed_at: string;
  revision: Generated<number>;
  created_at: string;
  created_by: string | null;
  updated_at: string;
  updated_by: string | null;
};

export type VpnWorkspaceTable = {
  vpn_id: string;
  workspace_id: string;
  connected_at: string;
  connected_by: string | null;
};

export type ReplicaTable = {
  id: string;
  workspace_id: string;
  /** `<workspace>-<ordinal>`; the smallest free ordinal at the time of joining. */
  name: string;
  ordinal: number;
  /** Its IKE identity. Fixed at joining: renaming a workspace restarts no tunnel. */
  local_id: string;
  /** Chosen by the agent; tells the replicas of a workspace apart. */
  key: string;
  /** sha256 in hex of the agent's secret, which proves that it is the same replica. */
  secret_hash: string;
  /** The join token it holds. */
  token_id: string | null;
  hostname: string;
  platform: string;
  agent_version: string;
  /** contract IpsecCapability as JSON. */
  ipsec: string;
  /** 0 once a probe found that it can't do IPsec. */
  ipsec_supported: Flag;
  /** The id of its connection while it is online, else null. New with each connection, so that a late goodbye of an old one changes nothing. */
  connection: string | null;
  /** Online or offline since. */
  since: string;
  joined_at: string;
  /** What its agent said when it last came; another value means that the replica restarted. */
  boot: string | null;
  /** The last `declared-ports` of its agent as JSON; null: none yet. */
  declared_ports: string | null;
};

/** Replicas that were removed. Kept, so that one that was away at that moment is told so when it comes back. */
export type RemovedReplicaTable = {
  workspace_id: string;
  key: string;
  removed_at: string;
};

/** What a replica last reported about one tunnel. No row: it hasn't reported yet. */
export type TunnelTable = {
  replica_id: string;
  vpn_id: string;
  state: 'connecting' | 'up' | 'failed' | 'unsupported';
  since: string;
  attempt: number;
  next_try_at: string | null;
  virtual_ip: string | null;
  bytes_in: number;
  bytes_out: number;
  ike_established_at: string | null;
  ike_suite: string | null;
  esp_suite: string | null;
  remote_subnets: string;
  applied_revision: number | null;
  /** Code, parts and log lines of the agent's diagnosis as JSON, and the code alone for counting. */
  diagnosis: string | null;
  diagnosis_code: string | null;
  reported_at: string;
  /** contract ChangeReport as JSON: the last change that the replica tried out. */
  change: string | null;
  rekeyed_at: string | null;
};

export type VerificationTable = {
  id: string;
  vpn_id: string;
  address: string;
  port: number | null;
  started_at: string;
  started_by: string | null;
  finished_at: string | null;
};

/** Names are kept as they were: a result stays readable after its replica has gone. */
export type VerificationResultTable = {
  verification_id: string;
  replica_id: string;
  replica_name: string;
  workspace_id: string;
  workspace_name: string;
  state: 'running' | 'succeeded' | 'failed';
  code: string | null;
  message: string;
  round_trip_ms: number | null;
  at: string;
};

/** A port that is forwarded or was once: stopped ones stay, so that they come back at the same address. */
export type PortTable = {
  id: string;
  workspace_id: string;
  number: number;
  /** The label of its host name below the ports domain: random, unique. */
  host: string;
  forwarded: Flag;
  /** Given by the owner; null: the one of devcontainer.json. */
  label: string | null;
  /** Chosen by the owner; null: the one of devcontainer.json, or http. */
  protocol: 'http' | 'https' | null;
  /** What devcontainer.json says of it, as a replica last told; see db/portRow.ts for what counts. */
  declared_label: string | null;
  declared_protocol: 'http' | 'https' | null;
  /** Lower-case number and label. */
  search: Generated<string>;
  visibility: 'private' | 'organization' | 'public';
  origin: 'auto' | 'manual' | 'devcontainer';
  /** See contract/portAccess.ts. */
  access_epoch: Generated<number>;
  revision: Generated<number>;
  /** Who gave it its visibility and when; null while private. */
  shared_by: string | null;
  shared_at: string | null;
  created_at: string;
  /** A share that ended by itself and that nobody has dismissed: what it was, why and when it ended. */
  notice_from: 'organization' | 'public' | null;
  notice_reason: 'restarted' | 'added-again' | 'https' | 'policy' | null;
  notice_at: string | null;
};

/** What listens in a replica, as its agent last said. */
export type ReplicaPortTable = {
  replica_id: string;
  number: number;
  address: string;
  process: string | null;
};

/**
 * A change of a VPN on its way to its replicas, or a move of workspaces to another VPN. At most one per VPN (as the one or the
 * other) is running or paused. The `vpn` row holds the new settings meanwhile, and what came before is kept here.
 */
export type RolloutTable = {
  id: string;
  team_id: string;
  kind: 'change' | 'move';
  vpn_id: string;
  /** Moves: the VPN that they go to. */
  to_vpn_id: string | null;
  /** Moves: ids of the workspaces, as JSON. */
  workspaces: string;
  /** Changes: the parts that differ, as JSON. */
  changed: string;
  strategy: 'one-by-one' | 'all-at-once' | 'immediately';
  make_before_break: Flag;
  check_address: string | null;
  check_port: number | null;
  limit_seconds: number;
  state: 'running' | 'paused' | 'completed' | 'failed' | 'rolled-back';
  /** Changes: contract VpnSettings as JSON and the key before the change, sealed as the VPN's. Null once it has ended. */
  previous_settings: string | null;
  previous_psk_sealed: string | null;
  previous_psk_changed_at: string | null;
  /** The settings that are tried out, as JSON: what a diagnosis is about, also once the VPN is as it was. */
  tried_settings: string;
  /** Changes: revisions of the VPN before and with it. Moves: those of the two VPNs. */
  previous_revision: number;
  revision: number;
  started_at: string;
  started_by: string | null;
  finished_at: string | null;
};

/** Names are kept as they were: a rollout stays readable after its replicas have gone. */
export type RolloutReplicaTable = {
  rollout_id: string;
  replica_id: string;
  replica_name: string;
  workspace_id: string;
  workspace_name: string;
  /** Its IKE identity, which diagnoses name. */
  local_id: string;
  position: number;
  state: 'waiting' | 'trying' | 'changed' | 'went-back' | 'skipped';
  since: string;
  /** The revision that it tries or tried; another one each time it tries, so that no verdict is taken for a later one. */
  revision: number | null;
  /** The agent's diagnosis as JSON, as in `tunnel`. */
  diagnosis: string | null;
  reason: string | null;
};

/** What happened to a tunnel lately; see contract/timeline.ts for how much is kept. */
export type TunnelEventTable = {
  /** Begins with the time: events are in the order of their ids. */
  id: string;
  replica_id: string;
  vpn_id: string;
  at: string;
  kind: TunnelEventKind;
  /** The code of the diagnosis. */
  code: string | null;
  /** What else is to be said: an address, a revision; may be empty. */
  text: string;
};

/** One row per tunnel: the bytes of the quarter of an hour `slot` (since 1970), and those before it as `slot:in:out …`. */
export type TunnelTrafficTable = {
  replica_id: string;
  vpn_id: string;
  slot: number;
  bytes_in: number;
  bytes_out: number;
  earlier: string;
};
