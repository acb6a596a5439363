import type { Kysely } from 'kysely';
import { agentClose } from '../../contract/agentProtocol.ts';
import type { Database } from '../db/schema.ts';
import type { Bus, Clock, Log, SecretBox } from '../deps.ts';
import { authenticate, type Authentication } from './authenticate.ts';
import { say, type AgentLink, type Connection, type JoinAccess } from './connection.ts';
import { createConversation } from './conversation.ts';
import { createDesiredSync } from './desiredSync.ts';
import { createPresence } from './presence.ts';
import { createProbes, type ProbeOutcome, type ProbeRequest } from './probes.ts';
import { createReportBuffer } from './reportBuffer.ts';
import { createStreams, type AskedStream, type StreamWatch } from './streams.ts';
import { createTrials, type TrialAnswer, type TrialRequest } from './trials.ts';

export type HubDeps = { db: Kysely<Database>; clock: Clock; bus: Bus; secretBox: SecretBox; log: Log };

/** What the transport does with an attached connection. */
export type AttachedAgent = {
  /** A text message arrived. Messages are handled in their order; resolves when this one was. */
  receive(text: string): Promise<void>;
  /** The transport is gone, from whichever side. */
  closed(): void;
};

/** Who is connected and what they should do. Knows no WebSocket: transports attach to it. */
export type AgentHub = {
  /** Call once, before anything attaches: whoever was connected to an earlier run of this server is offline. */
  start(): Promise<void>;
  authenticate(token: string): Promise<Authentication>;
  attach(access: JoinAccess, link: AgentLink): AttachedAgent;
  /** What replicas of these workspaces should do has changed. Call it after the commit. */
  desiredChanged(workspaceIds: Iterable<string>): void;
  /** The same for single replicas, where many others of their workspaces have nothing new to hear. */
  replicasChanged(replicaIds: Iterable<string>): void;
  /** These join tokens were revoked: ends the connections that hold them. Call it after the commit. */
  revoked(tokenIds: Iterable<string>): void;
  /** These replicas were removed: ends their connections. Call it after the commit. */
  removed(replicaIds: Iterable<string>): void;
  /** Gives a new join token to whoever is connected with one of the old ones. Call it after the commit. */
  handOver(oldTokenIds: Iterable<string>, next: { tokenId: string; token: string }): void;
  /** Always resolves: with what the replica found, or with why it couldn't say. */
  verify(replicaId: string, request: ProbeRequest): Promise<ProbeOutcome>;
  /** Has the replica try settings out, until `signal` aborts. Always resolves; the gateway's part is in what it tried. */
  tryOut(replicaId: string, request: TrialRequest, signal: AbortSignal): Promise<TrialAnswer>;
  /** Has the replica try a tunnel now. False when it isn't connected. */
  retry(replicaId: string, vpnId: string): boolean;
  /** Names the replica’s connection, a new name each time it connects; null while it isn’t connected. */
  connectionOf(replicaId: string): string | null;
  /**
   * Asks the replica to connect to one of its ports and to dial back under the id `stream`. Null where it isn’t connected.
   */
  openStream(
    replicaId: string,
    request: { stream: string; port: number },
    watch: StreamWatch,
  ): AskedStream | null;
  /** Resolves when everything reported is stored and everything wanted is sent. */
  settled(): Promise<void>;
  /** Says goodbye to everybody and writes what waits. The agents come back by themselves. */
  close(): Promise<void>;
};

/** Messages of one agent that may wait for the one before: what comes faster than it can be handled isn't an agent. */
const WAITING_MAX = 100;

export function createAgentHub(deps: HubDeps): AgentHub {
  const { db, clock, log } = deps;
  const connections = new Set<Connection>();
  const online = new Map<string, Connection>();
  const reports = createReportBuffer(deps);
  const probes = createProbes(clock);
  const trials = createTrials(clock);
  const presence = createPresence(deps);
  const streams = createStreams();

  function forget(connection: Connection): void {
    if (!connections.delete(connection)) return;
    connection.ended = true;
    probes.lost(connection);
    trials.lost(connection);
    streams.lost(connection);
    if (connection.replica === null) return;
    if (online.get(connection.replica.id) === connection) online.delete(connection.replica.id);
    reports.goodbye(connection);
  }

  function end(connection: Connection, code: number, reason: string): void {
    if (connection.ended) return;
    connection.ended = true;
    connection.link.close(code, reason);
    forget(connection);
  }

  const endWhere = (matches: (connection: Connection) => boolean, code: number, reason: string) => {
    for (const connection of [...connections].filter(matches)) end(connection, code, reason);
  };

  const desired = createDesiredSync(deps, online, end);
  const conversation = createConversation({
    ...deps,
    online,
    reports,
    probes,
    trials,
    streams,
    desired,
    end,
  });

  return {
    start: () => presence.start(),
    authenticate: (token) => authenticate(db, token),

    attach(access, link) {
      const connection: Connection = {
        id: crypto.randomUUID(),
        link,
        access: { ...access },
        replica: null,
        ended: false,
        abilities: new Set(),
        offeredTokens: new Set(),
        lastStates: new Map(),
      };
      connections.add(connection);
      const cancelGreeting = conversation.expectHello(connection);
      let handled: Promise<void> = Promise.resolve();
      let waiting = 0;
      return {
        receive(text) {
          if (waiting === WAITING_MAX) end(connection, agentClose.violation, 'Too many messages at once.');
          if (connection.ended) return handled;
          waiting += 1;
          handled = handled.then(async () => {
            await conversation.handle(connection, text);
            waiting -= 1;
          });
          return handled;
        },
        closed() {
          cancelGreeting();
          forget(connection);
        },
      };
    },

    desiredChanged(workspaceIds) {
      const ids = new Set(workspaceIds);
      const concerned = [...online].filter(([, { access }]) => ids.has(access.workspaceId));
      desired.mark(concerned.map(([replicaId]) => replicaId));
    },

    replicasChanged: (replicaIds) => desired.mark(replicaIds),

    revoked(tokenIds) {
      const ids = new Set(tokenIds);
      endWhere(({ access }) => ids.has(access.tokenId), agentClose.revoked, 'The join token was revoked.');
    },

    removed(replicaIds) {
      for (const id of replicaIds) {
        const connection = online.get(id);
        if (connection) end(connection, agentClose.removed, 'The replica was removed.');
      }
    },

    handOver(oldTokenIds, { tokenId, token }) {
      const ids = new Set(oldTokenIds);
      for (const connection of online.values()) {
        if (!ids.has(connection.access.tokenId)) continue;
        connection.offeredTokens.add(tokenId);
        say(connection, { type: 'token', tokenId, token });
      }
    },

    verify: (replicaId, request) => probes.run(online.get(replicaId), request),

    tryOut: (replicaId, request, signal) => trials.run(online.get(replicaId), request, signal),

    retry(replicaId, vpnId) {
      const connection = online.get(replicaId);
      if (!connection) return false;
      say(connection, { type: 'retry', vpnId });
      return true;
    },

    connectionOf: (replicaId) => online.get(replicaId)?.id ?? null,

    openStream: (replicaId, request, watch) => streams.open(online.get(replicaId), request, watch),

    async settled() {
      await desired.idle();
      await reports.flush();
    },

    async close() {
      if (connections.size > 0) log.info({ agents: connections.size }, 'Saying goodbye to the agents');
      presence.stop();
      desired.stop();
      endWhere(() => true, agentClose.restart, 'The server restarts.');
      await reports.flush();
      reports.stop();
    },
  };
}

export type { AgentLink, JoinAccess } from './connection.ts';
export type { ProbeOutcome, ProbeRequest } from './probes.ts';
export type { TrialAnswer, TrialRequest } from './trials.ts';
export type { AskedStream, StreamRefusal, StreamWatch } from './streams.ts';
