import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { FromAgent } from '../../contract/agentProtocol.ts';
import { systemClock } from '../ipsec/clock.ts';
import { createLog } from '../log.ts';
import { createStreams } from '../ports/streams.ts';
import type { Streams } from '../ports/streams.ts';
import { startFakeServer } from './fakeServer.ts';
import type { DialledStream, FakeServer } from './fakeServer.ts';
import { createQueue } from './queue.ts';
import type { Queue } from './queue.ts';

export type App = { port: number; connection(): Promise<Socket>; close(): void };

/** The parts of forwarding between a server and programs that listen, without an agent around them. */
export type Forwarding = {
  server: FakeServer;
  streams: Streams;
  sent: Queue<FromAgent>;
  /** The log. */
  lines: string[];
  /** Where ports are known to listen, and where a look finds them. */
  known: Map<number, string>;
  found: Map<number, string>;
  /** Other streams, beside `streams`. */
  createStreams(change: Partial<Parameters<typeof createStreams>[0]>): Streams;
  /** A program that listens on any port; `onConnection` is what it does with each connection. */
  listen(host: string, onConnection?: (socket: Socket) => void): Promise<App>;
  /** A program on 127.0.0.1, a connection to it, and the server's end of that. */
  carried(): Promise<{ app: Socket; viewer: DialledStream }>;
  close(): Promise<void>;
};

export const streamId = 'x'.repeat(43);

export async function startForwarding(): Promise<Forwarding> {
  const server = await startFakeServer();
  const sent = createQueue<FromAgent>();
  const lines: string[] = [];
  const [known, found] = [new Map<number, string>(), new Map<number, string>()];
  const programs: Server[] = [];
  const all: Streams[] = [];

  const create: Forwarding['createStreams'] = (change) => {
    const streams = createStreams({
      server: server.url,
      token: () => 'culv_join_x',
      knownOn: (port) => known.get(port) ?? null,
      listensOn: (port) => found.get(port) ?? null,
      send: sent.put,
      log: createLog((line) => lines.push(line)),
      clock: systemClock,
      ...change,
    });
    all.push(streams);
    return streams;
  };
  const streams = create({});

  const listen: Forwarding['listen'] = async (host, onConnection) => {
    const connections = createQueue<Socket>();
    const program = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      onConnection?.(socket);
      connections.put(socket);
    });
    programs.push(program);
    program.listen(0, host);
    await once(program, 'listening');
    const address = program.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { port: address.port, connection: () => connections.next(), close: () => program.close() };
  };

  return {
    server,
    streams,
    sent,
    lines,
    known,
    found,
    createStreams: create,
    listen,
    carried: async () => {
      const program = await listen('127.0.0.1');
      streams.open({ type: 'open', stream: streamId, port: program.port });
      const [app, viewer] = await Promise.all([program.connection(), server.stream()]);
      return { app, viewer };
    },
    close: async () => {
      for (const each of all) each.endAll();
      for (const program of programs) program.close();
      await server.kill();
    },
  };
}
