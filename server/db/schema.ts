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
  issuer: IssuerTable;
  trust_rule: TrustRuleTable;
  used_identity_token: UsedIdentityTokenTable;
  preview: PreviewTable;
  pipeline_run: PipelineRunTable;
  secret: SecretTable;
  secret_workspace: SecretWorkspaceTable;
  device_code: DeviceCodeTable;
  sign_in_provider: SignInProviderTable;
  user_identity: UserIdentityTable;
  sign_in_flow: SignInFlowTable;
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
 * VPN's gateway configuration; `pipeline` what a pipeline got for its identity token.
 */
export type TokenKind =
  | 'session'
  | 'api'
  | 'invitation'
  | 'reset'
  | 'setup'
  | 'join'
  | 'port'
  | 'port_code'
  | 'gateway'
  | 'pipeline';

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
  /** Kind `pipeline`: contract PipelineScope as JSON, and the rule that it was given by. `user_id` is who made that rule. */
  scope: string | null;
  trust_rule_id: string | null;
  /** Join tokens: replicas that join with it are removed once they have been offline for some minutes, as runners of pipelines are. */
  ephemeral: Generated<Flag>;
  /** API tokens: made on the dashboard, or by `culvert login` on a machine that `name` says. */
  made_by: Generated<'hand' | 'device'>;
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
  actor_kind: 'user' | 'api-token' | 'pipeline' | 'agent' | 'system';
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
  /** The secrets that are in place since the replica started: their secretsVersion, and since when. Null: none yet. */
  secrets_version: string | null;
  secrets_at: string | null;
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

/** An issuer of identity tokens that a team lets pipelines come with. */
export type IssuerTable = {
  id: string;
  team_id: string;
  provider: 'github' | 'gitlab' | 'bitbucket';
  /** As it stands in `iss`, exactly. Unique per team. */
  url: string;
  created_at: string;
  created_by: string | null;
};

/** See contract/pipelines/trust.ts. Ids are null while only names were typed and no admin has confirmed whose they are. */
export type TrustRuleTable = {
  id: string;
  team_id: string;
  issuer_id: string;
  owner_name: string;
  owner_id: string | null;
  /** Both null: all repositories of the owner. */
  repository_name: string | null;
  repository_id: string | null;
  /** The ids with which somebody of the typed names came first, for an admin to confirm. */
  seen_owner: string | null;
  seen_repository: string | null;
  seen_at: string | null;
  /** Lists as JSON. */
  events: string;
  refs: string;
  environments: string;
  protected_only: Flag;
  outside: Flag;
  /** Ids of VPNs as JSON; null: all of the team's. */
  vpns: string | null;
  revision: Generated<number>;
  created_at: string;
  created_by: string | null;
  created_by_name: string;
  last_used_at: string | null;
};

/** Identity tokens that were exchanged, until they expire: none is good twice. */
export type UsedIdentityTokenTable = {
  issuer: string;
  /** The token's `jti`; sha256 in hex of the whole token where it has none. */
  jti: string;
  team_id: string;
  exchanges: number;
  /** What it was exchanged for last. */
  token_id: string | null;
  expires_at: string;
};

/**
 * A workspace for one change of a repository. The row stays when it is removed, as a mark: a deploy that still runs can't bring
 * it back.
 */
export type PreviewTable = {
  id: string;
  team_id: string;
  /** The issuer; `api-token` where it was made with one. With the rule and the repository's id: whose it is. */
  source: string;
  /** The rule by which a pipeline made it: what another rule lets in never comes to it. Empty for people and their tokens. */
  trust_rule_id: Generated<string>;
  repository_id: string;
  repository_name: string;
  change: string;
  workspace_id: string | null;
  vpn_id: string | null;
  ttl_seconds: number;
  created_at: string;
  created_by: string | null;
  renewed_at: string;
  expires_at: string;
  /** The number of the newest run that brought it up, where its provider counts them. */
  up_sequence: number | null;
  removed_at: string | null;
  removed_reason: 'down' | 'expired' | 'deleted' | null;
  /** The number of the run that took it down, where its provider counts them. */
  removed_sequence: number | null;
};

/** What a pipeline did, or was refused. Kept for some weeks. */
export type PipelineRunTable = {
  id: string;
  team_id: string;
  at: string;
  finished_at: string | null;
  preview_id: string | null;
  vpn_id: string | null;
  provider: 'github' | 'gitlab' | 'bitbucket' | 'api-token';
  issuer: string | null;
  repository_id: string | null;
  repository_name: string;
  owner_id: string | null;
  owner_name: string | null;
  change: string | null;
  event: string | null;
  ref: string | null;
  actor_name: string;
  action: 'exchange' | 'up' | 'down';
  result: 'running' | 'succeeded' | 'failed' | 'refused';
  /** Of the refusal, or of the tunnel's diagnosis. */
  code: string | null;
  message: string;
  token_id: string | null;
  /** 0: refused, and no rule of the team named its owner. Few of these are kept, apart from the others. */
  known_owner: Generated<Flag>;
};

export type SecretTable = {
  id: string;
  team_id: string;
  /** Whose it is; null: the team's. */
  user_id: string | null;
  /** The user's id, or `team`: names are unique per level, and null is equal to nothing in a constraint. */
  level_key: string;
  name: string;
  /** Sealed with the context `secret:<id>:value`. */
  value_sealed: string;
  as_file: Flag;
  /** 0: those in secret_workspace. */
  all_workspaces: Flag;
  in_previews: Flag;
  revision: Generated<number>;
  created_at: string;
  created_by: string | null;
  updated_at: string;
  updated_by: string | null;
};

export type SecretWorkspaceTable = { secret_id: string; workspace_id: string };

/** A sign-in of the command line that waits for somebody to allow it in a browser (RFC 8628). */
export type DeviceCodeTable = {
  id: string;
  device_hash: string;
  /** Eight letters without the dash. */
  user_code: string;
  client_name: string;
  client_address: string | null;
  created_at: string;
  expires_at: string;
  last_asked_at: string | null;
  state: 'waiting' | 'allowed' | 'denied' | 'spent';
  team_id: string | null;
  user_id: string | null;
  /** The session that allowed it: once that is over, nothing comes of it. */
  session_id: string | null;
};

/** The company's OpenID provider, one per team. */
export type SignInProviderTable = {
  id: string;
  team_id: string;
  name: string;
  issuer: string;
  client_id: string;
  /** Sealed with the context `sign-in:<id>:secret`. */
  client_secret_sealed: string;
  scopes: string;
  /** Domains of verified e-mail addresses whose people may join without an invitation, as JSON. */
  admitted_domains: string;
  /** Of those who join so. */
  role: 'admin' | 'member';
  groups_claim: string | null;
  /** Groups whose people are admins, as JSON; all others are members. */
  admin_groups: string;
  enabled: Flag;
  /** 0: members of the team can't sign in by password, but for `local_admin_id`. */
  password_sign_in: Flag;
  local_admin_id: string | null;
  /** Since when sign-ins bring no groups claim although one is named; null: the last one did. */
  groups_missing_since: string | null;
  /** When an admin last came by exactly this issuer, client id and secret; null: nobody has since one of them was changed. */
  admin_signed_in_at: string | null;
  revision: Generated<number>;
  updated_at: string;
  updated_by: string | null;
};

/** Who somebody is at a provider: by issuer and subject, never by e-mail. */
export type UserIdentityTable = {
  id: string;
  issuer: string;
  subject: string;
  user_id: string;
  email: string | null;
  created_at: string;
  last_sign_in_at: string | null;
};

/** A sign-in on its way to the provider and back. */
export type SignInFlowTable = {
  id: string;
  cookie_hash: string;
  provider_id: string;
  state: string;
  nonce: string;
  /** Sealed with the context `sign-in-flow:<id>`. */
  verifier_sealed: string;
  return_to: string;
  invitation_id: string | null;
  /** Adds the identity to this account, which is signed in, instead of signing in. */
  link_user_id: string | null;
  created_at: string;
  expires_at: string;
};
