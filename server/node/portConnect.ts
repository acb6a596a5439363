import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AGENT_DEAD_MS, AGENT_PING_MS } from '../../contract/agentConnection.ts';
import {
  PORT_CONNECT_MESSAGE_MAX_BYTES,
  portConnectClose,
  type readPortConnectPath,
} from '../../contract/portConnection.ts';
import type { Log } from '../deps.ts';
import type { PortConnection, PortConnections } from '../gateway/portConnections.ts';
import { bearerToken } from '../http/requestGuards.ts';
import { CarriedConnection } from './carriedConnection.ts';
import { createCounter, portLimits, type PortLimits } from './portLimits.ts';
import { refuseUpgrade, restarting } from './refuseUpgrade.ts';
import type { ReplicaStreams } from './replicaStreams.ts';
import { failureOf, StreamError } from './streamError.ts';

/** Milliseconds without a word from somebody whom nothing keeps from answering. */
const DEAD_MS = AGENT_DEAD_MS + AGENT_PING_MS;

type Target = NonNullable<ReturnType<typeof readPortConnectPath>>;

/** Carries connections that programs open to ports through the API: contract/portConnection.ts. */
export type PortConnects = {
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, target: Target): void;
  /** Takes no more and ends the open ones. */
  close(): void;
};

export function createPortConnects(deps: {
  connections: PortConnections;
  streams: ReplicaStreams;
  log: Log;
  /** Left out: those of portLimits.ts. */
  limits?: Pick<PortLimits, 'perPort' | 'perViewer'>;
}): PortConnects {
  const { connections, streams, log, limits = portLimits } = deps;
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: PORT_CONNECT_MESSAGE_MAX_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const perPort = createCounter(limits.perPort);
  const perViewer = createCounter(limits.perViewer);
  const open = new Set<CarriedConnection>();
  const pinging = setInterval(() => {
    for (const carried of open) carried.keepAlive(DEAD_MS);
  }, AGENT_PING_MS).unref();
  let closing = false;

  async function answer(
    incoming: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    target: Target,
  ): Promise<void> {
    if (closing) return await refuseUpgrade(socket, restarting);
    const token = bearerToken(incoming.headers.authorization);
    const verdict = await connections.admit({ ...target, token });
    if (verdict.kind === 'refuse') return await refuseUpgrade(socket, verdict.problem);
    if (socket.destroyed) return;
    const { connection } = verdict;
    const { portId, viewerKey } = connection;
    const tooMany = connection.failure('too-many');
    if (!perViewer.enter(viewerKey)) return await refuseUpgrade(socket, tooMany);
    if (!perPort.enter(portId)) {
      perViewer.leave(viewerKey);
      return await refuseUpgrade(socket, tooMany);
    }
    socket.once('close', () => {
      perViewer.leave(viewerKey);
      perPort.leave(portId);
    });
    const stream = await firstOf(connection, socket);
    if (stream instanceof StreamError) {
      return await refuseUpgrade(socket, connection.failure(failureOf[stream.reason]));
    }
    // A handshake that is no WebSocket’s is answered by ws, and comes to nothing.
    const abandon = () => void stream.destroy();
    socket.once('close', abandon);
    if (socket.destroyed) return abandon();
    webSockets.handleUpgrade(incoming, socket, head, (webSocket) => {
      socket.off('close', abandon);
      const carried = new CarriedConnection(webSocket, stream);
      open.add(carried);
      const unwatch = connection.watch(() => carried.end(portConnectClose.accessEnded, 'access ended'));
      void carried.ended.then(() => {
        unwatch();
        open.delete(carried);
      });
    });
  }

  /** A connection to the first replica that gives one, or why the last that said anything doesn’t. */
  async function firstOf({ replicas, port }: PortConnection, socket: Duplex): Promise<Duplex | StreamError> {
    const gone = new AbortController();
    const abort = () => gone.abort(new StreamError('offline'));
    socket.once('close', abort);
    let failure = new StreamError('offline');
    try {
      for (const replica of replicas) {
        try {
          return await streams.open(replica, port, gone.signal);
        } catch (error) {
          if (!(error instanceof StreamError)) throw error;
          if (gone.signal.aborted) return error;
          // What was refused says more than what is away.
          if (error.reason !== 'offline') failure = error;
        }
      }
      return failure;
    } finally {
      socket.off('close', abort);
    }
  }

  return {
    upgrade(incoming, socket, head, target) {
      socket.on('error', () => socket.destroy());
      answer(incoming, socket, head, target).catch((error: unknown) => {
        log.error({ err: error }, 'A connection to a port failed');
        socket.destroy();
      });
    },
    close() {
      closing = true;
      clearInterval(pinging);
      for (const carried of open) carried.end(portConnectClose.restart, 'the server restarts');
    },
  };
}
