import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { WebSocket, WebSocketServer } from 'ws';
import { WebSocketStream } from './webSocketStream.ts';

const DEAD_MS = 1000;
let server: WebSocketServer;
let far: WebSocket;
let near: WebSocket;
let stream: WebSocketStream;
let now = 0;

beforeEach(async () => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  const accepted = once(server, 'connection');
  far = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`, {
    autoPong: false,
  });
  [near] = await accepted;
  stream = new WebSocketStream(near);
  stream.on('error', () => undefined);
  if (far.readyState !== WebSocket.OPEN) await once(far, 'open');
});
afterEach(async () => {
  vi.restoreAllMocks();
  stream.destroy();
  far.terminate();
  server.close();
  await once(server, 'close');
});

/** A ping goes out, and the other side’s pong comes back. */
async function answeredPing(): Promise<void> {
  const pong = once(near, 'pong');
  far.once('ping', () => far.pong());
  stream.keepAlive(DEAD_MS);
  await pong;
}

const pass = (ms: number) => {
  now += ms;
};

test('a side that doesn’t answer pings is dead', () => {
  pass(DEAD_MS);
  stream.keepAlive(DEAD_MS);
  expect(stream.destroyed).toBe(false);
  pass(1);
  stream.keepAlive(DEAD_MS);
  expect(stream.destroyed).toBe(true);
});

test('one that answers isn’t', async () => {
  pass(DEAD_MS + 1);
  far.send(Buffer.from('x'));
  await once(stream, 'readable');
  pass(DEAD_MS);
  await answeredPing();
  pass(DEAD_MS);
  stream.keepAlive(DEAD_MS);
  expect(stream.destroyed).toBe(false);
});

test('one that may be busy with what it was sent isn’t, until it has answered behind that', async () => {
  stream.write('x');
  pass(10 * DEAD_MS);
  stream.keepAlive(DEAD_MS);
  expect(stream.destroyed).toBe(false);
  await answeredPing();
  pass(DEAD_MS + 1);
  stream.keepAlive(DEAD_MS);
  expect(stream.destroyed).toBe(true);
});

test('one that we don’t listen to isn’t', async () => {
  far.send(Buffer.alloc(500_000));
  await eventually(() => expect(near.isPaused).toBe(true));
  pass(10 * DEAD_MS);
  stream.keepAlive(DEAD_MS);
  expect(stream.destroyed).toBe(false);
  stream.resume();
  await eventually(() => expect(near.isPaused).toBe(false));
});
