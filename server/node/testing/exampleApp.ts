import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { WebSocketServer } from 'ws';

export type Listening = { port: number; close(): Promise<void> };

/** What the app has seen of each request, in their order. */
export type Seen = { method: string; url: string; rawHeaders: string[]; body: string; trailers: string[] };

export type ExampleApp = Listening & {
  server: Server;
  seen: Seen[];
  /** Connections that were ever made to it. */
  connections: () => number;
};

/** An app such as people run in a workspace: pages, uploads, events, WebSockets. `handle` answers what it doesn’t know. */
export async function startExampleApp(
  handle?: RequestListener,
  tls?: { key: string; cert: string },
): Promise<ExampleApp> {
  const seen: Seen[] = [];
  let connections = 0;
  const listener: RequestListener = (request, response) => {
    const entry = { method: request.method ?? '', url: request.url ?? '', rawHeaders: request.rawHeaders };
    if (request.url === '/upload') {
      const hash = createHash('sha256');
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        hash.update(chunk);
      });
      request.on('end', () => response.end(JSON.stringify({ size, sha256: hash.digest('hex') })));
      return;
    }
    if (handle && request.url !== '/seen') return handle(request, response);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ ...entry, body: Buffer.concat(chunks).toString(), trailers: request.rawTrailers });
      response.end(`saw ${entry.method} ${entry.url}`);
    });
  };
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.on('connection', () => (connections += 1));
  const webSockets = new WebSocketServer({ server, path: '/echo' });
  webSockets.on('connection', (webSocket) => {
    webSocket.on('message', (data, isBinary) => webSocket.send(data, { binary: isBinary }));
  });
  const port = await listen(server);
  return {
    server,
    port,
    seen,
    connections: () => connections,
    async close() {
      for (const webSocket of webSockets.clients) webSocket.terminate();
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server of bytes: for what no HTTP server says. */
export async function startTcpApp(handle: (socket: Socket) => void): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    handle(socket);
  });
  const port = await listen(server);
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port on which nothing listens. */
export async function unusedPort(): Promise<number> {
  const app = await startTcpApp(() => undefined);
  await app.close();
  return app.port;
}

async function listen(server: TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return isAddress(address) ? address.port : 0;
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;
