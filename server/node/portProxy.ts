import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AgentHub } from '../agents/hub.ts';
import type { Log, ServerSettings } from '../deps.ts';
import type { PortGateway, PortVerdict } from '../gateway/portGateway.ts';
import { clientAddress } from '../session/clientAddress.ts';
import { createPortAgents } from './portAgents.ts';
import { cut, sendOwnAnswer, sendText, type Exchange } from './portAnswer.ts';
import { forward } from './portForward.ts';
import type { Arrival } from './portHeaders.ts';
import { createCounter, portLimits, type PortLimits } from './portLimits.ts';
import type { Passage } from './portPassage.ts';
import { portRequest, requestProblem } from './portRequest.ts';
import type { ReplicaStreams } from './replicaStreams.ts';

/** Serves the hosts of forwarded ports, and those that lead nowhere, whose label is null. */
export type PortProxy = {
  serve(exchange: Exchange, label: string | null): void;
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, label: string | null): void;
  /** Takes no more. Ends WebSockets at once, and gives requests `graceMs` to end. */
  close(graceMs: number): Promise<void>;
};

type ProxyDeps = {
  gateway: PortGateway;
  hub: Pick<AgentHub, 'connectionOf'>;
  streams: ReplicaStreams;
  settings: Pick<ServerSettings, 'installationId' | 'publicUrl'>;
  log: Log;
  /** Left out: those of portLimits.ts. */
  limits?: PortLimits;
};

export function createPortProxy(deps: ProxyDeps): PortProxy {
  const { gateway, hub, streams, settings, log, limits = portLimits } = deps;
  const agents = createPortAgents(hub, streams);
  const perPort = createCounter(limits.perPort);
  const perViewer = createCounter(limits.perViewer);
  const { protocol, port } = new URL(settings.publicUrl);
  const scheme = protocol.slice(0, -1);
  const underWay = new Set<{ exchange: Exchange; tunnel: boolean }>();
  let closing: PromiseWithResolvers<void> | null = null;

  const arrivalOf = ({ headers, socket }: IncomingMessage): Arrival => ({
    installationId: settings.installationId,
    address: clientAddress(socket.remoteAddress, forwardedFor(headers)),
    scheme,
    host: headers.host ?? '',
    port: port === '' ? (scheme === 'https' ? '443' : '80') : port,
  });

  async function answer(exchange: Exchange, label: string | null, tunnel: Passage['tunnel']): Promise<void> {
    const problem = requestProblem(exchange.incoming, settings.installationId);
    if (problem) return await sendText(exchange, problem.status, problem.message);
    if (closing) return await sendText(exchange, 503, 'The server restarts. Try again soon.');
    const arrival = arrivalOf(exchange.incoming);
    const request = portRequest(exchange.incoming, label ?? '', {
      upgrade: tunnel !== null,
      remoteAddress: arrival.address,
    });
    if (label === null) return await sendOwnAnswer(exchange, await gateway.refuseHost(request));
    const verdict: PortVerdict = await gateway.admit(request);
    if (exchange.outgoing.destroyed) return;
    if (verdict.kind === 'answer') return await sendOwnAnswer(exchange, verdict.response);
    const { visit } = verdict;
    if (!perViewer.enter(visit.viewerKey)) return await sendOwnAnswer(exchange, visit.failure('too-many'));
    if (!perPort.enter(visit.portId)) {
      perViewer.leave(visit.viewerKey);
      return await sendOwnAnswer(exchange, visit.failure('too-many'));
    }
    const unwatch = visit.watch(() => cut(exchange));
    // Once switched to another protocol it is the socket that ends, and no answer.
    (tunnel?.socket ?? exchange.outgoing).once('close', () => {
      unwatch();
      perViewer.leave(visit.viewerKey);
      perPort.leave(visit.portId);
    });
    await forward({ ...exchange, visit, arrival, limits, tunnel }, agents);
  }

  function begin(exchange: Exchange, label: string | null, tunnel: Passage['tunnel']): void {
    // Gone before the server was ready to answer: no `close` will come any more.
    if (exchange.incoming.socket.destroyed) return;
    const entry = { exchange, tunnel: tunnel !== null };
    underWay.add(entry);
    (tunnel?.socket ?? exchange.outgoing).once('close', () => {
      underWay.delete(entry);
      if (underWay.size === 0) closing?.resolve();
    });
    // Writing to somebody who has gone; the `close` that comes with it does what is to be done.
    exchange.outgoing.on('error', () => undefined);
    answer(exchange, label, tunnel).catch((error: unknown) => {
      log.error({ err: error, label }, 'A request to a forwarded port failed');
      cut(exchange);
    });
  }

  return {
    serve: (exchange, label) => begin(exchange, label, null),

    upgrade(incoming, socket, head, label) {
      socket.on('error', () => socket.destroy());
      const outgoing = new ServerResponse(incoming);
      outgoing.assignSocket(incoming.socket);
      outgoing.shouldKeepAlive = false;
      outgoing.once('finish', () => socket.end(() => socket.destroy()));
      begin({ incoming, outgoing }, label, { socket, head });
    },

    async close(graceMs) {
      closing = Promise.withResolvers<void>();
      for (const { exchange, tunnel } of underWay) if (tunnel) cut(exchange);
      const timer = setTimeout(() => {
        for (const { exchange } of underWay) cut(exchange);
      }, graceMs);
      if (underWay.size > 0) await closing.promise;
      clearTimeout(timer);
      agents.close();
    },
  };
}

const forwardedFor = (headers: IncomingMessage['headers']): string | undefined => {
  const value = headers['x-forwarded-for'];
  return Array.isArray(value) ? value.join(', ') : value;
};
