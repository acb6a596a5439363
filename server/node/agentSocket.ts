import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  AGENT_DEAD_MS,
  AGENT_MESSAGE_MAX_BYTES,
  AGENT_PING_MS,
  agentClose,
  SERVER_MESSAGE_MAX_BYTES,
  STREAM_PATH,
} from '../../contract/agentProtocol.ts';
import type { AgentHub, JoinAccess } from '../agents/hub.ts';
import type { Log } from '../deps.ts';
import type { ProblemFields } from '../http/problem.ts';
import { bearerToken } from '../http/requestGuards.ts';
import { refuseUpgrade, restarting } from './refuseUpgrade.ts';
import type { DialBack } from './replicaStreams.ts';

const PATH = '/agent/v1/connect';
/** Bytes that may wait for an agent that doesn't read: the longest message, and what little comes beside it. */
const BUFFERED_MAX = SERVER_MESSAGE_MAX_BYTES + 1024 * 1024;

export type AgentSockets = {
  /** Answers an upgrade that isn’t for a forwarded port. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Takes no more, gives the open ones `graceMs` to say goodbye, then cuts them. */
  close(graceMs: number): Promise<void>;
};

/** The hub's transport in Node: WebSockets on the server's own port, and those that agents dial for streams. */
export function createAgentSockets(hub: AgentHub, streams: DialBack, log: Log): AgentSockets {
  // clientTracking would keep a second set of all sockets; compression costs 170 KB for each.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: AGENT_MESSAGE_MAX_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const open = new Set<WebSocket>();
  let closing = false;

  async function answer(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // As it was sent: what anybody may send isn't always a URL.
    const [path = ''] = (request.url ?? '').split('?');
    const stream = path.startsWith(STREAM_PATH) ? path.slice(STREAM_PATH.length) : null;
    const workspaceId = stream === null ? null : streams.workspaceOf(stream);
    if (path !== PATH && workspaceId === null) return await refuseUpgrade(socket, notThere);
    if (closing) return await refuseUpgrade(socket, restarting);
    let found: Awaited<ReturnType<AgentHub['authenticate']>>;
    try {
      found = await hub.authenticate(bearerToken(request.headers.authorization) ?? '');
    } catch (error) {
      log.error({ err: error }, 'Could not look up a join token');
      return await refuseUpgrade(socket, restarting);
    }
    if (!found.ok) return await refuseUpgrade(socket, tokenProblems[found.problem]);
    if (socket.destroyed) return;
    const { access } = found;
    if (stream !== null) {
      // To another workspace’s agent a stream is one that there isn’t; only one dial-back is taken.
      const taken = access.workspaceId === workspaceId && streams.accept(stream, request, socket, head);
      return taken ? undefined : await refuseUpgrade(socket, notThere);
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      open.add(webSocket);
      webSocket.on('close', () => open.delete(webSocket));
      attach(hub, access, webSocket);
    });
  }

  return {
    upgrade(request, socket, head) {
      // Without a listener, an agent that goes in the middle of it would end the process.
      socket.on('error', () => socket.destroy());
      answer(request, socket, head).catch((error: unknown) => {
        log.error({ err: error }, 'An upgrade failed');
        socket.destroy();
      });
    },
    async close(graceMs) {
      closing = true;
      if (open.size > 0) {
        const gone = [...open].map((webSocket) => new Promise((resolve) => webSocket.once('close', resolve)));
        const cut = setTimeout(() => {
          for (const webSocket of open) webSocket.terminate();
        }, graceMs);
        await Promise.all(gone);
        clearTimeout(cut);
      }
    },
  };
}

function attach(hub: AgentHub, access: JoinAccess, webSocket: WebSocket): void {
  let seenAt = performance.now();
  const agent = hub.attach(access, {
    send(text) {
      webSocket.send(text);
      if (webSocket.bufferedAmount > BUFFERED_MAX) webSocket.terminate();
    },
    close: (code, reason) => webSocket.close(code, reason),
  });
  const pinging = setInterval(() => {
    if (performance.now() - seenAt > AGENT_DEAD_MS) webSocket.terminate();
    else if (webSocket.readyState === webSocket.OPEN) webSocket.ping();
  }, AGENT_PING_MS);

  const waiting: string[] = [];
  /** One message at a time, and everybody else’s work between two: who talks without end holds up nobody but itself. */
  const handleWaiting = async (): Promise<void> => {
    webSocket.pause();
    for (let text = waiting[0]; text !== undefined; text = waiting[0]) {
      await agent.receive(text);
      await turn();
      waiting.shift();
    }
    webSocket.resume();
  };

  webSocket.on('pong', () => {
    seenAt = performance.now();
  });
  webSocket.on('message', (data, isBinary) => {
    seenAt = performance.now();
    if (isBinary || !Buffer.isBuffer(data))
      return webSocket.close(agentClose.violation, 'Messages are text.');
    waiting.push(data.toString('utf8'));
    if (waiting.length === 1) void handleWaiting();
  });
  // What went wrong shows in the close that follows; without a listener it would end the process.
  webSocket.on('error', () => webSocket.terminate());
  webSocket.on('close', () => {
    clearInterval(pinging);
    agent.closed();
  });
}

const tokenProblems: Record<'token_unknown' | 'token_revoked', ProblemFields> = {
  token_unknown: { status: 401, code: 'token_unknown', title: 'This server doesn’t know the join token.' },
  token_revoked: { status: 401, code: 'token_revoked', title: 'The join token was revoked.' },
};
const notThere: ProblemFields = { status: 404, code: 'not_found', title: 'Nothing to connect to here.' };
