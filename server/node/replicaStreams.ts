import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AGENT_DEAD_MS, AGENT_PING_MS, STREAM_MS } from '../../contract/agentProtocol.ts';
import type { AgentHub, AskedStream } from '../agents/hub.ts';
import { StreamError } from './streamError.ts';
import { WebSocketStream } from './webSocketStream.ts';

/** Bytes of one message. An agent sends far less: at most what it reads from a socket, 64 KiB at a time. */
const MESSAGE_MAX_BYTES = 1024 * 1024;
/** Milliseconds without a word from an agent that nothing keeps from answering. Longer than the control connection’s. */
const DEAD_MS = AGENT_DEAD_MS + AGENT_PING_MS;

/** Connections to ports of replicas, whichever way they are carried. */
export type ReplicaStreams = {
  /**
   * A new connection to this port of the replica. Rejects with StreamError, or with the signal’s reason. The stream is
   * destroyed with a StreamError when the replica’s own connection to the server ends.
   */
  open(replicaId: string, port: number, signal?: AbortSignal): Promise<Duplex>;
};

/** The same with the end that agents dial back to. */
export type DialBack = ReplicaStreams & {
  /** The workspace whose join token has to come with this dial-back; null: nobody waits for it. */
  workspaceOf(stream: string): string | null;
  /** Takes an authenticated dial-back. False where nobody waits for it (any more). */
  accept(stream: string, request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends every stream, and what waits for one. */
  close(): void;
};

type Waiting = { workspaceId: string; connected: (stream: WebSocketStream) => void };

/**
 * Carries each connection over a WebSocket of its own, which the agent dials when it is asked to: backpressure is TCP’s, and
 * one that is slow or broken holds up no other.
 */
export function createReplicaStreams(hub: AgentHub): DialBack {
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_MAX_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const waiting = new Map<string, Waiting>();
  const open = new Set<WebSocketStream>();
  const pinging = setInterval(() => {
    for (const stream of open) stream.keepAlive(DEAD_MS);
  }, AGENT_PING_MS).unref();

  return {
    async open(replicaId, port, signal) {
      signal?.throwIfAborted();
      const id = randomBytes(32).toString('base64url');
      const opened = Promise.withResolvers<WebSocketStream>();
      let end = (error: Error): void => opened.reject(error);
      const asked: AskedStream | null = hub.openStream(
        replicaId,
        { stream: id, port },
        {
          refused: (code) => end(new StreamError(code)),
          connectionEnded: () => end(new StreamError('offline')),
        },
      );
      if (!asked) throw new StreamError('offline');
      const timer = setTimeout(() => end(new StreamError('timeout')), STREAM_MS);
      const aborted = () => end(signal?.reason);
      signal?.addEventListener('abort', aborted);
      const connected = (stream: WebSocketStream) => {
        end = (error) => void stream.destroy(error);
        stream.once('close', () => asked.done());
        opened.resolve(stream);
      };
      waiting.set(id, { workspaceId: asked.workspaceId, connected });
      try {
        return await opened.promise;
      } catch (error) {
        asked.done();
        throw error;
      } finally {
        waiting.delete(id);
        clearTimeout(timer);
        signal?.removeEventListener('abort', aborted);
      }
    },

    workspaceOf: (stream) => waiting.get(stream)?.workspaceId ?? null,

    accept(id, request, socket, head) {
      const asker = waiting.get(id);
      if (!asker) return false;
      // Good once, whatever becomes of the handshake.
      waiting.delete(id);
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        const stream = new WebSocketStream(webSocket);
        open.add(stream);
        stream.once('close', () => open.delete(stream));
        // Until somebody listens, an error would end the process.
        stream.on('error', () => undefined);
        asker.connected(stream);
      });
      return true;
    },

    close() {
      clearInterval(pinging);
      for (const stream of open) stream.destroy(new StreamError('offline'));
    },
  };
}
