import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { carry } from './carry.ts';

let sockets: WebSocketServer;
let local: Server;
/** The end of the program on this machine, and what the command has of it. */
let program: Socket;
let accepted: Socket;

beforeEach(async () => {
  sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(sockets, 'listening');
  local = createServer({ allowHalfOpen: true });
  local.listen(0, '127.0.0.1');
  await once(local, 'listening');
  const connected = once(local, 'connection');
  program = connect((local.address() as AddressInfo).port, '127.0.0.1');
  program.on('error', () => undefined);
  [accepted] = (await connected) as [Socket];
});

afterEach(() => {
  program.destroy();
  local.close();
  for (const client of sockets.clients) client.terminate();
  sockets.close();
});

const begin = (deadMs: number) =>
  carry(accepted, {
    url: new URL(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/`),
    token: 'culv_api_test',
    signal: new AbortController().signal,
    deadMs,
  });

test('a connection whose server has gone silent is lost, and the program is told', async () => {
  const told = new Promise((resolve) => program.once('close', resolve));
  expect(await begin(50)).toEqual({ kind: 'lost', reason: 'nothing comes from the server any more' });
  await told;
});

test('a connection whose server pings stays', async () => {
  const serving = once(sockets, 'connection');
  const carried = begin(1_000);
  const [server] = (await serving) as [WebSocket];
  for (let pings = 0; pings < 3; pings += 1) {
    const answered = once(server, 'pong');
    server.ping();
    await answered;
  }
  server.send(Buffer.from('still here'));
  expect(String((await once(program, 'data'))[0])).toBe('still here');
  server.close(1000);
  program.end();
  expect(await carried).toEqual({ kind: 'ended' });
});
