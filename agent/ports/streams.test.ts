import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STREAM_PATH } from '../../contract/agentConnection.ts';
import type { FromAgent } from '../../contract/agentProtocol.ts';
import { systemClock } from '../ipsec/clock.ts';
import { createLog } from '../log.ts';
import { startFakeServer } from '../testing/fakeServer.ts';
import type { DialledStream, FakeServer } from '../testing/fakeServer.ts';
import { createQueue } from '../testing/queue.ts';
import type { Queue } from '../testing/queue.ts';
import { createStreams } from './streams.ts';
import type { Streams } from './streams.ts';

const MiB = 1024 * 1024;
const id = 'x'.repeat(43);

let server: FakeServer;
let streams: Streams;
let sent: Queue<FromAgent>;
let lines: string[];
/** What is known before anybody looks, and what a look finds. */
let known: Map<number, string>;
let found: Map<number, string>;
let apps: Server[];

beforeEach(async () => {
  server = await startFakeServer();
  sent = createQueue();
  lines = [];
  [known, found, apps] = [new Map(), new Map(), []];
  streams = agentStreams();
});
afterEach(async () => {
  streams.endAll();
  for (const app of apps) app.close();
  await server.kill();
});

const agentStreams = (url = server.url, most?: number): Streams =>
  createStreams({
    server: url,
    token: () => 'culv_join_x',
    listensOn: (port) => known.get(port) ?? null,
    lookAgain: async () => {
      known = found;
    },
    send: sent.put,
    log: createLog((line) => lines.push(line)),
    clock: systemClock,
    ...(most === undefined ? {} : { most }),
  });

type App = { port: number; connection(): Promise<Socket> };

/** A program that listens; `onConnection` is what it does with each connection. */
async function listen(host: string, onConnection?: (socket: Socket) => void): Promise<App> {
  const connections = createQueue<Socket>();
  const app = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    onConnection?.(socket);
    connections.put(socket);
  });
  apps.push(app);
  app.listen(0, host);
  await once(app, 'listening');
  const address = app.address();
  const port = typeof address === 'object' && address ? address.port : expect.fail('no port');
  return { port, connection: () => connections.next() };
}

const echo = (socket: Socket): void => void socket.pipe(socket);

/** A program on 127.0.0.1, a connection to it, and the server's end of that. */
async function carried(): Promise<{ app: Socket; viewer: DialledStream }> {
  const listening = await listen('127.0.0.1');
  streams.open({ type: 'open', stream: id, port: listening.port });
  const [app, viewer] = await Promise.all([listening.connection(), server.stream()]);
  return { app, viewer };
}

const ownAddress =
  Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address ?? '127.0.0.2';

describe('a connection is carried', () => {
  test('over a WebSocket that the agent dials back with its token', async () => {
    const { port } = await listen('127.0.0.1', echo);
    streams.open({ type: 'open', stream: id, port });
    const viewer = await server.stream();
    expect(viewer).toMatchObject({ path: STREAM_PATH + id, authorization: 'Bearer culv_join_x' });
    viewer.bytes.write('hello');
    expect(String((await once(viewer.bytes, 'data'))[0])).toBe('hello');
  });

  test.each([
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['::1', '::1'],
    ['127.0.0.7', '127.0.0.7'],
    [ownAddress, ownAddress],
    ['127.0.0.1', null],
    ['::1', null],
  ])('to a program on %s that is known to be on %s', async (host, address) => {
    const { port } = await listen(host, echo);
    if (address !== null) found.set(port, address);
    streams.open({ type: 'open', stream: id, port });
    const viewer = await server.stream();
    viewer.bytes.write('x');
    expect(String((await once(viewer.bytes, 'data'))[0])).toBe('x');
  });

  test('to a program that moved since the last look', async () => {
    const { port } = await listen('::1', echo);
    known.set(port, '127.0.0.1');
    found.set(port, '::1');
    streams.open({ type: 'open', stream: id, port });
    expect((await server.stream()).path).toBe(STREAM_PATH + id);
  });

  test('with a program that speaks first, before the server knows the stream', async () => {
    const { port } = await listen('127.0.0.1', (socket) => socket.write('220 ready'));
    streams.open({ type: 'open', stream: id, port });
    expect(String((await once((await server.stream()).bytes, 'data'))[0])).toBe('220 ready');
  });

  test('with a server that speaks first, in one segment with its handshake', async () => {
    const { app, viewer } = await carried();
    viewer.bytes.write('GET / HTTP/1.1');
    expect(String((await once(app, 'data'))[0])).toBe('GET / HTTP/1.1');
  });

  test('below a server’s path', async () => {
    streams = agentStreams(new URL('/culvert', server.url));
    const { port } = await listen('127.0.0.1');
    streams.open({ type: 'open', stream: id, port });
    expect((await server.dialled()).path).toBe(`/culvert${STREAM_PATH}${id}`);
  });
});

describe('bytes', () => {
  test('32 MiB both ways at once arrive whole', async () => {
    const { app, viewer } = await carried();
    const [up, down] = [randomBytes(32 * MiB), randomBytes(32 * MiB)];
    const taken = (async () => {
      let [bytes, chunks] = [0, new Array<Buffer>()];
      for await (const chunk of app) {
        chunks = [...chunks, chunk];
        bytes += chunk.length;
        if (bytes >= up.length) break;
      }
      return Buffer.concat(chunks);
    })();
    viewer.bytes.write(up);
    app.write(down);
    const received = (async () => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of viewer.bytes) {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= down.length) break;
      }
      return Buffer.concat(chunks);
    })();
    expect((await taken).equals(up)).toBe(true);
    expect((await received).equals(down)).toBe(true);
  });
});
