import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { readPortConnectPath } from '../../contract/portConnection.ts';
import { readHost, type HostSettings, type HostTarget } from '../gateway/hosts.ts';
import type { App } from '../http/appEnv.ts';
import { clientAddress } from '../session/clientAddress.ts';
import type { AgentSockets } from './agentSocket.ts';
import type { DashboardFiles } from './dashboardFiles.ts';
import type { Exchange } from './portAnswer.ts';
import type { PortConnects } from './portConnect.ts';
import { valuesOf } from './portHeaders.ts';
import type { PortProxy } from './portProxy.ts';
import { isUpgrade } from './portRequest.ts';
import { SettingsError } from './settings.ts';

/**
 * Milliseconds. A reverse proxy keeps connections for a minute: closing ours sooner would break its next request. `request`
 * is for the app’s own ones: uploads to forwarded ports take as long as they take.
 */
const TIMEOUTS = { headers: 15_000, request: 60_000, keepAlive: 65_000, lookEvery: 5_000 };

/** What belongs to the app; every other path is the dashboard’s. */
export const appPath = /^\/(?:api|agent|cli|healthz|readyz|port-auth)(?:\/|$)/;

/** What answers, once everything is there to answer with. */
type Served = {
  app: App;
  dashboard: DashboardFiles;
  ports: PortProxy;
  agents: AgentSockets;
  connects: PortConnects;
  settings: HostSettings;
};

export type Listener = {
  server: Server;
  /** Returns the port, also where 0 asked for a free one. SettingsError where it can’t listen. */
  listen(host: string, port: number): Promise<number>;
  /** Starts answering; until then requests wait. */
  serve(served: Served): void;
  /** Takes no new connections, gives open requests `graceMs` to end, then ends them. */
  close(graceMs: number): Promise<void>;
};

/** `timeouts` are for tests that can’t wait as long. */
export function createListener(timeouts: typeof TIMEOUTS = TIMEOUTS): Listener {
  const ready = Promise.withResolvers<Served>();

  async function answer(exchange: Exchange): Promise<void> {
    const served = await ready.promise;
    const target = targetOf(exchange.incoming, served.settings);
    if (target.kind !== 'dashboard') return served.ports.serve(exchange, labelOf(target));
    const { incoming, outgoing } = exchange;
    if (incoming.headers.expect !== undefined) outgoing.writeContinue();
    limitReceiving(exchange, timeouts.request);
    await getRequestListener((request) => toApp(request, incoming, served))(incoming, outgoing);
  }

  async function upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const served = await ready.promise;
    const target = targetOf(incoming, served.settings);
    if (target.kind !== 'dashboard') {
      served.ports.upgrade(incoming, socket, head, labelOf(target));
      return;
    }
    const connect = readPortConnectPath((incoming.url ?? '').split('?')[0] ?? '');
    if (connect !== null) served.connects.upgrade(incoming, socket, head, connect);
    else served.agents.upgrade(incoming, socket, head);
  }

  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    void answer({ incoming, outgoing });
  };
  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: 0,
      keepAliveTimeout: timeouts.keepAlive,
      connectionsCheckingInterval: timeouts.lookEvery,
      shouldUpgradeCallback: isUpgrade,
    },
    onRequest,
  );
  // Whoever asks before sending a body is answered by the app behind the port.
  server.on('checkContinue', onRequest);
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    void upgrade(incoming, socket, head);
  });
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
      socket.destroy(),
    );
  });
  return {
    server,
    listen: (host, port) =>
      new Promise<number>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
        server.listen(port, host, () => resolve(portOf(server.address(), port)));
      }),
    serve: ready.resolve,
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

const targetOf = ({ rawHeaders }: IncomingMessage, settings: HostSettings): HostTarget =>
  readHost(valuesOf(rawHeaders, 'host'), settings);

const labelOf = (target: HostTarget) => (target.kind === 'port' ? target.label : null);

async function toApp(request: Request, incoming: IncomingMessage, served: Served): Promise<Response> {
  if (!appPath.test(new URL(request.url).pathname)) return await served.dashboard(request);
  const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined;
  const remoteAddress = clientAddress(incoming.socket.remoteAddress, forwardedFor);
  return await served.app.fetch(request, remoteAddress === undefined ? {} : { remoteAddress });
}

/** Ends a connection whose request to the app isn’t complete in time; answers may take as long as they take. */
function limitReceiving({ incoming, outgoing }: Exchange, ms: number): void {
  if (incoming.complete) return;
  const timer = setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroy();
  }, ms);
  outgoing.once('close', () => clearTimeout(timer));
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
