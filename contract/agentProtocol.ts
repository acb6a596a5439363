import { z } from 'zod';
import { REPORTED_PORTS_MAX } from './agentConnection.ts';
import { Instant } from './lists.ts';
import { trialPhases } from './vpnTrials.ts';
import { IpsecCapability } from './workspaces.ts';

/**
 * What an agent and the server say to each other, as JSON text messages over one WebSocket that the agent dials:
 *
 *   GET /agent/v1/connect   Upgrade: websocket
 *   Authorization: Bearer culv_join_…
 *
 * Refused before the upgrade: 401 with a problem document, code `token_revoked` (remove the tunnels and the state: final) or
 * `token_unknown` (keep the last desired state and keep trying). After the upgrade the agent says `hello`, the server
 * answers `welcome` and `desired`, then a new `desired` on every change. `desired` is always complete, never a difference.
 *
 * For each connection to a forwarded port the server says `open`. The agent connects to the port, then dials another
 * WebSocket, `GET /agent/v1/streams/<stream>` with the same authorization, and the bytes of the connection go both ways as
 * binary messages. A side that is done closes its WebSocket without a code, or with 1000: what was sent before still
 * arrives, and then both ends are closed (WebSocket knows no half-open connection). Any other end, such as 1006, means
 * that the connection broke off and its bytes are incomplete. All streams end with the control connection. `stream` is
 * random, good once, for ten seconds, and only for the replica that was asked. If the port can't be reached the agent says
 * `stream-refused` instead.
 *
 * Close codes: 4401 the token was revoked · 4403 the replica was removed (both final: the agent removes tunnels, keys and
 * state, and ends) · 4409 another connection of the same replica took over · 4400 protocol violation · 1012 the server restarts.
 */
export {
  agentAbilities,
  AGENT_DEAD_MS,
  STREAM_MS,
  STREAM_PATH,
  AGENT_MESSAGE_MAX_BYTES,
  AGENT_PING_MS,
  AGENT_PROTOCOL,
  agentClose,
  REPORTED_PORTS_MAX,
  SERVER_MESSAGE_MAX_BYTES,
} from './agentConnection.ts';

/** One VPN as a replica has to apply it. Everything charon needs; holds the PSK, so it is never logged. */
export const DesiredVpn = z.object({
  id: z.string(),
  name: z.string(),
  revision: z.int(),
  ike: z.object({
    version: z.union([z.literal(1), z.literal(2)]),
    lifetimeSeconds: z.int(),
    proposals: z.array(z.string()).min(1),
  }),
  esp: z.object({ lifetimeSeconds: z.int(), proposals: z.array(z.string()).min(1) }),
  preSharedKey: z.string(),
  peerIp: z.string(),
  peerId: z
    .string()
    .meta({ description: 'The identity the gateway has to show: the peer IP unless set otherwise.' }),
  localId: z.string().meta({
    description: 'Unique per replica, so that gateways with uniqueids don’t replace one by another.',
  }),
  peerSubnets: z.array(z.string()).min(1),
  udpEncapsulation: z.boolean(),
  dpdDelaySeconds: z.int(),
});
export type DesiredVpn = z.infer<typeof DesiredVpn>;

/**
 * A change that a replica tries out: the VPN of this id among the desired ones goes back to `previous` unless it is up, and
 * traffic returns, within `limitMs` from when the agent first applied it. The agent does so by itself, also while the server is
 * away, and doesn't try the same revision again. `previous` may hold another pre-shared key.
 */
export const SafeChange = z.object({
  vpnId: z.string(),
  previous: DesiredVpn,
  limitMs: z.int(),
  /** Has to answer through the tunnel: a ping without a port, a TCP connection with one. */
  check: z.object({ address: z.string(), port: z.int().nullable() }).nullable(),
});
export type SafeChange = z.infer<typeof SafeChange>;

/** Text that is shown with each tunnel and each replica: what an agent says at length is cut. */
const cutTo = (length: number) => z.string().overwrite((text) => text.slice(0, length));

const ReportedCapability = IpsecCapability.extend({
  strongswanVersion: cutTo(64).nullable(),
  code: cutTo(64).nullable(),
  reason: cutTo(1000).nullable(),
  fix: cutTo(1000).nullable(),
});

/** More than any diagnosis needs. */
const PARTS_MAX = 32;

/** A code of the table in contract/diagnoses.ts with the parts its texts need, and the log lines that prove it. */
const ReportedDiagnosis = z.object({
  code: z.string().max(64),
  parts: z
    .record(z.string().max(64), z.string().max(500))
    .refine((parts) => Object.keys(parts).length <= PARTS_MAX),
  log: z.array(z.string().max(500)).max(20),
});

/**
 * What became of a SafeChange. `revision`: of the VPN that was tried. failed: the tunnel didn't come up, see `diagnosis` ·
 * no-answer: it did, and the check wasn't answered or nothing came back · timeout: neither was certain in time.
 */
export const ChangeReport = z.object({
  revision: z.int(),
  state: z.enum(['trying', 'kept', 'went-back']),
  reason: z.enum(['failed', 'no-answer', 'timeout']).nullable(),
  diagnosis: ReportedDiagnosis.nullable(),
  at: Instant,
});
export type ChangeReport = z.infer<typeof ChangeReport>;

export const TunnelReport = z.object({
  vpnId: z.string().max(64),
  state: z.enum(['connecting', 'up', 'failed', 'unsupported']),
  since: Instant,
  attempt: z.int(),
  nextTryAt: Instant.nullable(),
  virtualIp: z.string().max(64).nullable(),
  bytesIn: z.number(),
  bytesOut: z.number(),
  ikeEstablishedAt: Instant.nullable(),
  ikeSuite: z.string().max(300).nullable(),
  espSuite: z.string().max(300).nullable(),
  remoteSubnets: z.array(z.string().max(64)).max(128),
  appliedRevision: z.int().nullable(),
  diagnosis: ReportedDiagnosis.nullable(),
  /** Where a change is or was tried out; null or left out: none was. Stays until the next change. */
  change: ChangeReport.nullable().optional(),
  /** When keys were last renewed without an interruption; null or left out: not since it came up. */
  rekeyedAt: Instant.nullable().optional(),
});
export type TunnelReport = z.infer<typeof TunnelReport>;

/** `address`: where it listens; 127.0.0.1 or ::1 for loopback alone, 0.0.0.0 or :: for all, else one of the replica's own. */
export const ListeningPort = z.object({
  port: z.int().min(1).max(65_535),
  address: z.string().max(64),
  process: cutTo(64).nullable(),
});
export type ListeningPort = z.infer<typeof ListeningPort>;

export const OnAutoForward = z.enum(['ignore', 'silent', 'notify']);

/** A port that devcontainer.json names: in `forwardPorts` (`forward`), in `portsAttributes`, or both. */
export const DeclaredPort = z.object({
  port: z.int().min(1).max(65_535),
  forward: z.boolean(),
  label: cutTo(60).nullable(),
  protocol: z.enum(['http', 'https']).nullable(),
  onAutoForward: OnAutoForward.nullable(),
});
export type DeclaredPort = z.infer<typeof DeclaredPort>;

export const FromAgent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: z.int(),
    /** Made once by the agent and kept with its state: tells replicas of one token apart, and proves that it is the same one. */
    replica: z.object({ key: z.string().min(16).max(64), secret: z.string().min(32).max(128) }),
    /**
     * Differs after a restart of the replica (its machine, pod or container), not after one of the agent. A public port
     * is private again after a restart.
     */
    boot: z.string().min(1).max(128),
    hostname: z.string().max(253),
    platform: z.string().max(64),
    agentVersion: z.string().max(64),
    ipsec: ReportedCapability,
    /** Of `agentAbilities`, and what a newer agent can besides; left out by those that have none. */
    abilities: z.array(z.string().max(32)).max(32).optional(),
  }),
  z.object({ type: z.literal('ipsec'), ipsec: ReportedCapability }),
  /** The state of these tunnels changed; `complete` says that these are all there are. */
  z.object({ type: z.literal('tunnels'), complete: z.boolean(), tunnels: z.array(TunnelReport).max(256) }),
  z.object({
    type: z.literal('verified'),
    id: z.string(),
    state: z.enum(['succeeded', 'failed']),
    code: z.string().max(64).nullable(),
    message: z.string().max(500),
    roundTripMs: z.number().nullable(),
  }),
  /** All TCP ports that listen in the replica now. Said after `welcome` and on every change. */
  z.object({ type: z.literal('ports'), ports: z.array(ListeningPort).max(REPORTED_PORTS_MAX) }),
  /** What the working folder's devcontainer.json says of ports; empty without one. Said after `welcome` and on every change. */
  z.object({
    type: z.literal('declared-ports'),
    ports: z.array(DeclaredPort).max(REPORTED_PORTS_MAX),
    /** What becomes of ports that aren't named (`otherPortsAttributes`); null: as usual. */
    otherPorts: OnAutoForward.nullable(),
    problem: cutTo(300).nullable(),
  }),
  /** The connection that `open` asked for can't be made. */
  z.object({
    type: z.literal('stream-refused'),
    stream: z.string().max(64),
    code: z.enum(['not-listening', 'unreachable', 'too-many']),
  }),
  /** How a trial ended. `reached`: the last phase that passed; null: none did. */
  z.object({
    type: z.literal('tried'),
    id: z.string().max(64),
    outcome: z.enum(['up', 'failed', 'unsupported', 'busy']),
    reached: z.enum(trialPhases).nullable(),
    diagnosis: ReportedDiagnosis.nullable(),
    virtualIp: z.string().max(64).nullable(),
    ikeSuite: z.string().max(300).nullable(),
    espSuite: z.string().max(300).nullable(),
    remoteSubnets: z.array(z.string().max(64)).max(128),
    tookMs: z.int(),
  }),
  /** The rotated token is on disk: from now on the agent dials with it. */
  z.object({ type: z.literal('token-stored'), tokenId: z.string() }),
]);
export type FromAgent = z.infer<typeof FromAgent>;

export const ToAgent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    replica: z.object({ id: z.string(), name: z.string() }),
    workspace: z.object({ id: z.string(), name: z.string() }),
  }),
  z.object({
    type: z.literal('desired'),
    vpns: z.array(DesiredVpn),
    /** Which of them are being tried out; left out: none. */
    changes: z.array(SafeChange).optional(),
  }),
  /**
   * Try to set up a tunnel with these settings beside all that is running, tell how far it came, and take it down again.
   * One at a time; the id of `vpn` is made up, and its `localId` isn't one that a tunnel of this replica has.
   */
  z.object({ type: z.literal('try'), id: z.string(), vpn: DesiredVpn, timeoutMs: z.int() }),
  z.object({ type: z.literal('stop-trying'), id: z.string() }),
  z.object({
    type: z.literal('verify'),
    id: z.string(),
    vpnId: z.string(),
    address: z.string(),
    port: z.int().nullable(),
    timeoutMs: z.int(),
  }),
  /** Try this tunnel now instead of at nextTryAt. */
  z.object({ type: z.literal('retry'), vpnId: z.string() }),
  z.object({ type: z.literal('token'), tokenId: z.string(), token: z.string() }),
  /**
   * Connect to this port of the replica itself, then dial back for its bytes: see `STREAM_PATH`. There is no host in it,
   * so that a forwarded port leads to nothing but the replica.
   */
  z.object({ type: z.literal('open'), stream: z.string(), port: z.int() }),
]);
export type ToAgent = z.infer<typeof ToAgent>;
