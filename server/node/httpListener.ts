import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
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
  /** The port it listens on, also where 0 was asked for. */
  port: number;
  /** Starts answering; until then requests wait. */
  serve(app: App, dashboard: DashboardFiles): void;
  /** Takes no new connections, gives open requests `graceMs` to end, then ends them. */
  close(graceMs: number): Promise<void>;
};

/** Listens at once, so that a taken port is said before anything else is done. SettingsError where it can’t. */
export async function listen(host: string, port: number): Promise<Listener> {
  const ready = Promise.withResolvers<{ app: App; dashboard: DashboardFiles }>();
  const answer = async (request: Request, incoming: IncomingMessage): Promise<Response> => {
    const { app, dashboard } = await ready.promise;
    if (!appPath.test(new URL(request.url).pathname)) return await dashboard(request);
    const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined;
    const remoteAddress = clientAddress(incoming.socket.remoteAddress, forwardedFor);
    return await app.fetch(request, remoteAddress === undefined ? {} : { remoteAddress });
  };
  const isHttp1 = (bindings: object): bindings is HttpBindings => 'incoming' in bindings;
  const listener = getRequestListener(async (request, bindings) => {
    if (!isHttp1(bindings)) throw new Error('This listener speaks HTTP/1 only.');
    return await answer(request, bindings.incoming);
  });
  const server = createServer(
    { headersTimeout: TIMEOUTS.headers, requestTimeout: TIMEOUTS.request },
    (incoming, outgoing) => {
      void listener(incoming, outgoing);
    },
  );
  server.keepAliveTimeout = TIMEOUTS.keepAlive;

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    server,
    port: portOf(server.address(), port),
    serve: (app, dashboard) => ready.resolve({ app, dashboard }),
    async close(graceMs) {
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
