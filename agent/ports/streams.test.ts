import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Readable } from 'node:stream';
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

const agentStreams = (
  url = server.url,
  change: { most?: number; send?: (message: FromAgent) => void } = {},
) =>
  createStreams({
    server: url,
    token: () => 'culv_join_x',
    knownOn: (port) => known.get(port) ?? null,
    listensOn: (port) => found.get(port) ?? null,
    send: sent.put,
    log: createLog((line) => lines.push(line)),
    clock: systemClock,
    ...change,
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

const chunkBytes = 64 * 1024;

/** In pieces, as sockets do: the agent takes no message of many megabytes. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

async function take(from: Readable, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let taken = 0;
  for await (const chunk of from.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    taken += chunk.length;
    if (taken >= length) break;
  }
  return Buffer.concat(chunks);
}

describe('bytes', () => {
  test('32 MiB both ways at once arrive whole', async () => {
    const { app, viewer } = await carried();
    const [up, down] = [randomBytes(32 * MiB), randomBytes(32 * MiB)];
    Readable.from(pieces(up)).pipe(viewer.bytes, { end: false });
    Readable.from(pieces(down)).pipe(app, { end: false });
    const [atApp, atViewer] = await Promise.all([take(app, up.length), take(viewer.bytes, down.length)]);
    expect(atApp.equals(up)).toBe(true);
    expect(atViewer.equals(down)).toBe(true);
  });

  test('a viewer that doesn’t read makes the program wait, and gets all in the end', async () => {
    const { app, viewer } = await carried();
    const all = randomBytes(64 * MiB);
    viewer.socket.pause();
    Readable.from(pieces(all)).pipe(app);
    // What isn't taken by sockets and buffers on the way stays with the program.
    await expect.poll(() => stalls(app), { timeout: 20_000, interval: 250 }).toBe(true);
    expect(app.bytesWritten).toBeLessThan(24 * MiB);
    viewer.socket.resume();
    expect((await take(viewer.bytes, all.length)).equals(all)).toBe(true);
  });

  test('a program that doesn’t read makes the viewer wait, and gets all in the end', async () => {
    const { app, viewer } = await carried();
    const all = randomBytes(64 * MiB);
    app.pause();
    let written = 0;
    const counted = async function* () {
      for (const piece of pieces(all)) {
        written += piece.length;
        yield piece;
      }
    };
    Readable.from(counted()).pipe(viewer.bytes, { end: false });
    let before = -1;
    const settled = () => before === (before = written);
    await expect.poll(settled, { timeout: 20_000, interval: 250 }).toBe(true);
    expect(written).toBeLessThan(24 * MiB);
    expect((await take(app, all.length)).equals(all)).toBe(true);
  });
});

const writtenBefore = new WeakMap<Socket, number>();
/** Nothing was taken from it since it was asked before. */
function stalls(socket: Socket): boolean {
  const before = writtenBefore.get(socket);
  writtenBefore.set(socket, socket.bytesWritten);
  return before === socket.bytesWritten && before > 0;
}

describe('an end', () => {
  test('of the program’s side arrives after all it said', async () => {
    const { app, viewer } = await carried();
    const answer = randomBytes(4 * MiB);
    app.end(answer);
    expect((await buffer(viewer.bytes)).equals(answer)).toBe(true);
    expect(await viewer.ended).toBe(1005);
    app.resume();
    await once(app, 'close');
  });

  test('of the program’s side leaves it the viewer’s last bytes', async () => {
    const { app, viewer } = await carried();
    viewer.socket.pause();
    app.end('bye');
    viewer.bytes.write('last words');
    const heard = buffer(app);
    viewer.socket.resume();
    viewer.bytes.resume();
    expect(String(await heard)).toBe('last words');
  });

  test('of the server’s side arrives at the program after all it said', async () => {
    const { app, viewer } = await carried();
    const request = randomBytes(4 * MiB);
    Readable.from(pieces(request)).pipe(viewer.bytes);
    expect((await buffer(app)).equals(request)).toBe(true);
  });

  test('that the server breaks off closes the program’s connection', async () => {
    const { app, viewer } = await carried();
    viewer.socket.terminate();
    app.resume();
    await once(app, 'end');
  });

  test('by which the program breaks off doesn’t pass for a good one', async () => {
    const { app, viewer } = await carried();
    app.write('half an ans');
    await once(viewer.bytes, 'data');
    app.resetAndDestroy();
    expect(await viewer.ended).toBe(1006);
  });

  test('of the control connection breaks all of them off', async () => {
    const { app, viewer } = await carried();
    streams.endAll();
    app.resume();
    await Promise.all([once(app, 'end'), viewer.ended]);
    expect(await viewer.ended).toBe(1006);
  });
});

describe('is refused', () => {
  const refused = (code: string) => ({ type: 'stream-refused', stream: id, code });

  test.each([null, '127.0.0.1', '::', '0.0.0.0'])('where nothing listens, known to be on %s', async (on) => {
    const { port } = await listen('127.0.0.1');
    const [app] = apps.splice(0);
    app?.close();
    if (on !== null) found.set(port, on);
    streams.open({ type: 'open', stream: id, port });
    expect(await sent.next()).toEqual(refused('not-listening'));
  });

  test.each([0, -1, 65_536, Number.MAX_SAFE_INTEGER])('for %i, which is no port', async (port) => {
    streams.open({ type: 'open', stream: id, port });
    expect(await sent.next()).toEqual(refused('not-listening'));
  });

  test('where it listens on an address that isn’t this replica’s', async () => {
    const { port } = await listen('127.0.0.1');
    found.set(port, '203.0.113.1');
    streams.open({ type: 'open', stream: id, port });
    expect(await sent.next()).toEqual(refused('unreachable'));
  });

  test('over the limit, until another one has ended', async () => {
    const answers: FromAgent[] = [];
    streams = agentStreams(server.url, { most: 1, send: (message) => answers.push(message) });
    const { port } = await listen('127.0.0.1');
    streams.open({ type: 'open', stream: 'first', port });
    const first = await server.stream();
    streams.open({ type: 'open', stream: id, port });
    expect(answers).toEqual([refused('too-many')]);
    first.socket.terminate();
    const admitted = () => {
      const before = answers.length;
      streams.open({ type: 'open', stream: 'second', port });
      return answers.length === before;
    };
    await expect.poll(admitted).toBe(true);
    expect((await server.stream()).path).toBe(`${STREAM_PATH}second`);
  });

  test('when the server can’t be dialled back, which is logged without the token', async () => {
    const listening = await listen('127.0.0.1');
    server.refuseWith({ status: 404, body: '' });
    streams.open({ type: 'open', stream: id, port: listening.port });
    expect(await sent.next()).toEqual(refused('unreachable'));
    expect(lines.join()).toContain('404');
    expect(lines.join()).not.toContain('culv_join_x');
    await once((await listening.connection()).resume(), 'end');
  });
});

test.each(['', '../connect', '..', 'a/b', 'a?b', 'a#b', '%2e%2e', 'a b', 'é', 'x'.repeat(65)])(
  'the id %j leads nowhere',
  async (stream) => {
    const { port } = await listen('127.0.0.1');
    streams.open({ type: 'open', stream, port });
    streams.open({ type: 'open', stream: id, port });
    expect((await server.stream()).path).toBe(STREAM_PATH + id);
    expect(lines).toHaveLength(1);
  },
);
