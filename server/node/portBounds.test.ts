import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { createCounter } from './portLimits.ts';
import { startExampleApp, startTcpApp, type ExampleApp, type Listening } from './testing/exampleApp.ts';
import { HOST, startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { RawClient } from './testing/rawClient.ts';
import { get } from './testing/viewer.ts';

const MIB = 1024 * 1024;
let host: PortsHost | undefined;
let app: Listening | undefined;

afterEach(async () => {
  await host?.close();
  await app?.close();
  host = undefined;
  app = undefined;
});

async function start(limits: NonNullable<Parameters<typeof startPortsHost>[0]>['limits'] = {}) {
  host = await startPortsHost({ limits });
  return host;
}

async function startApp(handle: Parameters<typeof startExampleApp>[0]): Promise<ExampleApp> {
  const started = await startExampleApp(handle);
  app = started;
  return started;
}

const request = `GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;

test('what is counted is let go of again', () => {
  const counter = createCounter(2);
  const entered = ['a', 'a', 'a', 'b'].map((key) => counter.enter(key));
  expect(entered).toEqual([true, true, false, true]);
  counter.leave('a');
  expect([counter.enter('a'), counter.enter('a')]).toEqual([true, false]);
});

test.each([
  ['port', { perPort: 2 }],
  ['viewer', { perViewer: 2 }],
])('a %s has only so many requests at the same time, and gets room again', async (_what, limits) => {
  const { port, visit } = await start(limits);
  visit.port = (await startApp((_request, response) => void response.write('begun'))).port;
  const running = [1, 2].map(() => new RawClient(port).send(request));
  await Promise.all(running.map((client) => client.until('begun')));
  expect(await get(port)).toMatchObject({ status: 429, text: 'too-many' });
  Object.assign(visit, { portId: 'port_2', viewerKey: 'user:2' });
  expect(await get(port, { path: '/seen' })).toMatchObject({ status: 200 });
  Object.assign(visit, { portId: 'port_1', viewerKey: 'user:1' });
  running[0]?.socket.destroy();
  await eventually(async () => expect(await get(port, { path: '/seen' })).toMatchObject({ status: 200 }));
  running[1]?.socket.destroy();
});

/** Resolves with how many bytes have gone, once none went for a while: all buffers on the way are full. */
async function whenStill(moved: () => number): Promise<number> {
  let before = -1;
  await vi.waitFor(
    () => {
      const now = moved();
      const still = now > 0 && now === before;
      before = now;
      expect(still).toBe(true);
    },
    { interval: 300, timeout: 20_000 },
  );
  return before;
}

/** Calls `write` until it says that there is no room, and again when there is. */
function pour(socket: Socket): void {
  const chunk = Buffer.alloc(MIB);
  const write = () => {
    while (socket.bytesWritten < 1024 * MIB)
      if (!socket.write(chunk)) return void socket.once('drain', write);
  };
  write();
}

test('a viewer who doesn’t read costs no memory, however much the app would send', async () => {
  const { port, visit, server } = await start();
  let sent = () => 0;
  app = await startTcpApp((socket) => {
    sent = () => socket.bytesWritten - socket.writableLength;
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n');
      pour(socket);
    });
  });
  visit.port = app.port;
  const accepted = once(server, 'connection');
  const client = new RawClient(port);
  client.socket.pause();
  client.send(request);
  const [viewer] = await accepted;
  // What the kernel holds for three connections, and little of our own.
  expect(await whenStill(() => sent())).toBeLessThan(64 * MIB);
  expect(viewer.writableLength).toBeLessThan(MIB);
  client.socket.destroy();
});

test('an app that doesn’t read stops the upload, and costs no memory either', async () => {
  const { port, visit } = await start();
  app = await startTcpApp((socket) => socket.pause());
  visit.port = app.port;
  const { socket } = new RawClient(port).send(
    `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 1073741824\r\n\r\n`,
  );
  pour(socket);
  expect(await whenStill(() => socket.bytesWritten - socket.writableLength)).toBeLessThan(64 * MIB);
  socket.destroy();
});

test('a restart lets answers that run come to their end, and cuts those that take too long', async () => {
  const { port, visit, ports } = await start();
  const ends: (() => void)[] = [];
  const started = await startApp((_request, response) => {
    response.write('begun');
    ends.push(() => response.end(' and ended'));
  });
  visit.port = started.port;
  const first = new RawClient(port).send(request);
  await first.until('begun');
  const second = new RawClient(port).send(request);
  await second.until('begun');
  const closed = ports.close(300);
  expect(await get(port)).toMatchObject({ status: 503 });
  ends[0]?.();
  await first.until(' and ended');
  await closed;
  expect(await second.end()).not.toContain('and ended');
  first.socket.destroy();
});
