import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, createWebSocketStream } from 'ws';
import type { WebSocket } from 'ws';
import { FromAgent, STREAM_PATH } from '../../contract/agentProtocol.ts';
import type { ToAgent } from '../../contract/agentProtocol.ts';
import { AGENT_SECRETS_PATH } from '../../contract/secretDelivery.ts';
import type { DeliveredSecrets } from '../../contract/secretsApi.ts';
import { createQueue } from './queue.ts';

/** One agent's connection as the server sees it. */
export type Dialled = {
  /** What stood in the Authorization header. */
  authorization: string | undefined;
  path: string | undefined;
  socket: WebSocket;
  /** The next message of the agent, checked against the protocol. */
  next(): Promise<FromAgent>;
  /** The next message of this type; others are passed over. */
  nextOf<Type extends FromAgent['type']>(type: Type): Promise<Extract<FromAgent, { type: Type }>>;
  send(message: ToAgent): void;
  /** The code with which the connection ended. */
  ended: Promise<number>;
};

/** What an agent dialled back for one forwarded connection. */
export type DialledStream = {
  authorization: string | undefined;
  path: string | undefined;
  socket: WebSocket;
  /** Its bytes. An end that is no error may still be one: see `ended`. */
  bytes: Duplex;
  /** The code with which it ended. */
  ended: Promise<number>;
};

export type FakeServer = {
  url: URL;
  /** The next agent that dials. */
  dialled(): Promise<Dialled>;
  /** The next stream that is dialled back. */
  stream(): Promise<DialledStream>;
  /** From now on agents that ask for their secrets are given these; null, as at first: this server knows none. */
  giveSecrets(secrets: DeliveredSecrets | { status: number; body: string } | null): void;
  /** The headers of the next agent that asks for its secrets; resolves when it was answered. */
  asked(): Promise<IncomingHttpHeaders>;
  /** From now on agents that say that their secrets are in place are answered with this status; at first 204. */
  answerTold(status: number): void;
  /** The headers of the next agent that says that its secrets are in place. */
  told(): Promise<IncomingHttpHeaders>;
  /** From now on dials are answered with this status and body instead; null: accepted again. */
  refuseWith(refusal: { status: number; body: string } | null): void;
  /** Resolves at the next dial that was refused. */
  refused(): Promise<void>;
  /** Cuts all connections and stops listening, as a killed server does. */
  kill(): Promise<void>;
};

/** A server that speaks the agent protocol by hand. `port` 0: any. */
export async function startFakeServer(port = 0): Promise<FakeServer> {
  let secrets: DeliveredSecrets | { status: number; body: string } | null = null;
  const asks = createQueue<IncomingHttpHeaders>();
  let toldStatus = 204;
  const tells = createQueue<IncomingHttpHeaders>();
  const http = createServer((request, response) => {
    if (request.url === AGENT_SECRETS_PATH && request.method === 'PUT') {
      response.writeHead(toldStatus).end();
      tells.put(request.headers);
      return;
    }
    if (request.url !== AGENT_SECRETS_PATH || secrets === null) response.writeHead(404).end();
    else if ('status' in secrets) response.writeHead(secrets.status).end(secrets.body);
    else response.end(JSON.stringify(secrets));
    asks.put(request.headers);
  });
  const sockets = new WebSocketServer({ noServer: true });
  const dials = createQueue<Dialled>();
  const streams = createQueue<DialledStream>();
  const refusals = createQueue<true>();
  let refusal: { status: number; body: string } | null = null;

  http.on('upgrade', (request, socket, head) => {
    if (refusal) {
      const { status, body } = refusal;
      const length = Buffer.byteLength(body);
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`);
      refusals.put(true);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (request.url?.startsWith(STREAM_PATH)) streams.put(describeStream(request, webSocket));
      else dials.put(describe(request, webSocket));
    });
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: new URL(`http://127.0.0.1:${address.port}`),
    dialled: () => dials.next(),
    stream: () => streams.next(),
    giveSecrets: (next) => {
      secrets = next;
    },
    asked: () => asks.next(),
    answerTold: (status) => {
      toldStatus = status;
    },
    told: () => tells.next(),
    refuseWith: (next) => {
      refusal = next;
    },
    refused: async () => void (await refusals.next()),
    kill: async () => {
      for (const client of sockets.clients) client.terminate();
      http.closeAllConnections();
      if (http.listening) {
        http.close();
        await once(http, 'close');
      }
    },
  };
}

function describeStream(request: IncomingMessage, socket: WebSocket): DialledStream {
  const bytes = createWebSocketStream(socket);
  bytes.on('error', () => bytes.destroy());
  return {
    authorization: request.headers.authorization,
    path: request.url,
    socket,
    bytes,
    ended: new Promise((resolve) => socket.on('close', resolve)),
  };
}

function describe(request: IncomingMessage, socket: WebSocket): Dialled {
  const messages = createQueue<FromAgent>();
  socket.on('message', (data) => messages.put(FromAgent.parse(JSON.parse(data.toString()))));
  const nextOf: Dialled['nextOf'] = async (type) => {
    for (;;) {
      const message = await messages.next();
      if (isOf(message, type)) return message;
    }
  };
  return {
    authorization: request.headers.authorization,
    path: request.url,
    socket,
    next: () => messages.next(),
    nextOf,
    send: (message) => socket.send(JSON.stringify(message)),
    ended: new Promise((resolve) => socket.on('close', resolve)),
  };
}

function isOf<Type extends FromAgent['type']>(
  message: FromAgent,
  type: Type,
): message is Extract<FromAgent, { type: Type }> {
  return message.type === type;
}

export const welcome: ToAgent = {
  type: 'welcome',
  replica: { id: 'rep_1', name: 'dev-1' },
  workspace: { id: 'ws_1', name: 'dev' },
};
