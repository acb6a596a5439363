import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { App } from '../http/appEnv.ts';
import { clientAddress } from '../session/clientAddress.ts';
import type { DashboardFiles } from './dashboardFiles.ts';
import { SettingsError } from './settings.ts';

/** Milliseconds. A reverse proxy keeps connections for a minute: closing ours sooner would break its next request. */
const TIMEOUTS = { headers: 15_000, request: 60_000, keepAlive: 65_000 };

/** What belongs to the app; every other path is the dashboard’s. */
const appPath = /^\/(?:api|agent|healthz|readyz)(?:\/|$)/;

export type Listener = {
  server: Server;
  /** Returns the port, also where 0 asked for a free one. SettingsError where it can’t listen. */
  listen(host: string, port: number): Promise<number>;
  /** Starts answering; until then requests wait. */
  serve(app: App, dashboard: DashboardFiles): void;
  /** Takes no new connections, gives open requests `graceMs` to end, then ends them. */
  close(graceMs: number): Promise<void>;
};

export function createListener(): Listener {
  const ready = Promise.withResolvers<{ app: App; dashboard: DashboardFiles }>();
  const answer = async (request: Request, incoming: IncomingMessage): Promise<Response> => {
    const { app, dashboard } = await ready.promise;
    if (!appPath.test(new URL(request.url).pathname)) return await dashboard(request);
    const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined;
    const remoteAddress = clientAddress(incoming.socket.remoteAddress, forwardedFor);
    return await app.fetch(request, remoteAddress === undefined ? {} : { remoteAddress });
  };
  const server = createServer(
    {
      headersTimeout: TIMEOUTS.headers,
      requestTimeout: TIMEOUTS.request,
      keepAliveTimeout: TIMEOUTS.keepAlive,
    },
    (incoming, outgoing) => {
      void getRequestListener((request) => answer(request, incoming))(incoming, outgoing);
    },
  );
  return {
    server,
    listen: (host, port) =>
      new Promise<number>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
        server.listen(port, host, () => resolve(portOf(server.address(), port)));
      }),
    serve: (app, dashboard) => ready.resolve({ app, dashboard }),
    async close(graceMs) {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

const portOf = (address: AddressInfo | string | null, asked: number) =>
  typeof address === 'object' && address !== null ? address.port : asked;

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `${host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    return new SettingsError(
      `CULVERT_PORT: another program listens on ${where}. Stop it, or take another port.`,
    );
  }
  if (error.code === 'EACCES') return new SettingsError(`CULVERT_PORT: no permission to listen on ${where}.`);
  return new SettingsError(`CULVERT_HOST: can’t listen on ${where} (${error.code ?? error.message}).`);
}
