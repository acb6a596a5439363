import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { WebSocket } from 'ws';
import { startExampleApp, startTcpApp, type ExampleApp } from './testing/exampleApp.ts';
import { HOST, startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { RawClient } from './testing/rawClient.ts';

let host: PortsHost;
let app: ExampleApp;

beforeEach(async () => {
  host = await startPortsHost();
  app = await startExampleApp();
  host.visit.port = app.port;
});
afterEach(async () => {
  await host.close();
  await app.close();
});

function dial(path = '/echo', headers: Record<string, string> = {}): WebSocket {
  const webSocket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, {
    headers: { host: HOST, ...headers },
  });
  webSocket.on('error', () => undefined);
  return webSocket;
}

async function opened(): Promise<WebSocket> {
  const webSocket = dial();
  await once(webSocket, 'open');
  return webSocket;
}

const upgrade = (protocol: string) =>
  `GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: keep-alive, Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`;

test('a WebSocket is carried both ways, small messages and large ones', async () => {
  const webSocket = await opened();
  for (const message of ['hello', 'x'.repeat(3_000_000)]) {
    webSocket.send(message);
    expect(String((await once(webSocket, 'message'))[0])).toBe(message);
  }
  webSocket.close(4321, 'done');
  expect((await once(webSocket, 'close'))[0]).toBe(4321);
  await eventually(() => expect(host.agent.streams).toBe(0));
  await eventually(() => expect(host.watched()).toBe(0));
});

test('the gateway is told that it is an upgrade, and may refuse it in HTTP', async () => {
  const answer = { kind: 'answer', response: new Response('no', { status: 403 }) } as const;
  host.gateway.admit = async (request) => {
    host.seen.push(request);
    return answer;
  };
  const [, response] = await once(dial(), 'unexpected-response');
  expect(response.statusCode).toBe(403);
  expect(host.seen[0]).toMatchObject({ upgrade: true, method: 'GET', target: '/echo' });
  expect(host.agent.asked).toBe(0);
});

test('what the app answers instead of switching reaches the viewer', async () => {
  const [, response] = await once(dial('/elsewhere'), 'unexpected-response');
  expect(response.statusCode).toBe(400);
  expect(response.headers.connection).toBe('close');
});

test('nothing to connect to is said in HTTP', async () => {
  host.agent.onOpen = (stream) => host.agent.say({ type: 'stream-refused', stream, code: 'not-listening' });
  const [, response] = await once(dial(), 'unexpected-response');
  expect(response.statusCode).toBe(502);
  expect(String(await once(response, 'data'))).toBe('not-listening');
});

test('other protocols are carried too, with what was sent ahead on both sides', async () => {
  const other = await startTcpApp((socket) =>
    socket.once('data', () => {
      const head =
        'HTTP/1.1 101 Go\r\nUpgrade: other\r\nConnection: Upgrade, X-Hop\r\nX-Hop: 1\r\nSet-Cookie: a=1\r\n\r\n';
      socket.write(`${head}welcome`);
      socket.on('data', (bytes) => socket.write(`<${bytes.toString()}>`));
      socket.on('end', () => socket.end());
    }),
  );
  host.visit.port = other.port;
  host.visit.stickTo = (replicaId) => `stay=${replicaId}`;
  const client = new RawClient(host.port).send(`${upgrade('other')}early`);
  const text = await client.until('<early>');
  expect(text).toContain('HTTP/1.1 101 Go\r\nSet-Cookie: a=1\r\n');
  expect(text).toContain(
    `Set-Cookie: stay=${host.agent.replicaId}\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\nwelcome`,
  );
  expect(text).not.toContain('X-Hop');
  client.send('late');
  await client.until('<late>');
  client.socket.end();
  await client.end();
  await other.close();
});

test('it ends at once for a viewer who may not reach the port any more', async () => {
  const webSocket = await opened();
  host.endAccess();
  expect((await once(webSocket, 'close'))[0]).toBe(1006);
  await eventually(() => expect(host.agent.streams).toBe(0));
  await eventually(() => expect(host.watched()).toBe(0));
});

test('it ends with the agent that carries it', async () => {
  const webSocket = await opened();
  host.agent.die();
  expect((await once(webSocket, 'close'))[0]).toBe(1006);
});

test('it ends with the app', async () => {
  const webSocket = await opened();
  app.server.closeAllConnections();
  await app.close();
  expect((await once(webSocket, 'close'))[0]).toBe(1006);
  await eventually(() => expect(host.agent.streams).toBe(0));
});

test('a viewer that vanishes ends the app’s side', async () => {
  const webSocket = await opened();
  expect(host.agent.streams).toBe(1);
  webSocket.terminate();
  await eventually(() => expect(host.agent.streams).toBe(0));
  await eventually(() => expect(host.watched()).toBe(0));
});

test('one over which nothing goes ends, one that is used doesn’t', async () => {
  await host.close();
  host = await startPortsHost({ limits: { tunnelIdleMs: 200 } });
  host.visit.port = app.port;
  const silent = await opened();
  const busy = await opened();
  const talking = setInterval(() => busy.send('still here'), 20);
  await once(silent, 'close');
  expect(busy.readyState).toBe(WebSocket.OPEN);
  clearInterval(talking);
  await once(busy, 'close');
});

test('a restart of the server ends them', async () => {
  const webSocket = await opened();
  const closed = once(webSocket, 'close');
  await host.ports.close(60_000);
  expect((await closed)[0]).toBe(1006);
});
