import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTcpApp, type Listening } from './testing/exampleApp.ts';
import { HOST, startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { RawClient } from './testing/rawClient.ts';

let host: PortsHost;
let app: Listening | undefined;

beforeEach(async () => {
  host = await startPortsHost();
});
afterEach(async () => {
  await host.close();
  await app?.close();
});

const MIB = 1024 * 1024;

test('informational answers say nothing that the answer itself could not', async () => {
  const head =
    'Set-Cookie: __Host-Http-culvert-test-port=x; Path=/\r\nSet-Cookie: a=b\r\nConnection: X-B\r\nX-B: c';
  app = await startTcpApp((socket) =>
    socket.once('data', () =>
      socket.end(
        `HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n${head}\r\nTransfer-Encoding: chunked\r\n\r\n` +
          'HTTP/1.1 204 No Content\r\n\r\n',
      ),
    ),
  );
  host.visit.port = app.port;
  const client = new RawClient(host.port).send(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
  const received = await client.until('HTTP/1.1 204 No Content');
  client.socket.destroy();
  expect(received).toMatch(/^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>\r\nSet-Cookie: a=b\r\n\r\nHTTP/);
});

test('leave to send the body is given once', async () => {
  app = await startTcpApp((socket) =>
    socket.once('data', () =>
      socket.end(`${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(5)}HTTP/1.1 204 No Content\r\n\r\n`),
    ),
  );
  host.visit.port = app.port;
  const client = new RawClient(host.port);
  client.send(`PUT / HTTP/1.1\r\nHost: ${HOST}\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n`);
  const received = await client.until('HTTP/1.1 204');
  client.socket.destroy();
  expect(received.match(/ 100 Continue/g)).toHaveLength(1);
});

test('an app that gives hints without end fills no memory while the viewer reads nothing', async () => {
  const hint = `HTTP/1.1 103 Early Hints\r\nLink: <${'a'.repeat(8000)}>\r\n\r\n`;
  const flooded = Promise.withResolvers<void>();
  app = await startTcpApp((socket) => {
    let left = (32 * MIB) / hint.length;
    const flood = () => {
      while (left > 0) {
        left -= 1;
        if (!socket.write(hint)) return void socket.once('drain', flood);
      }
      flooded.resolve();
    };
    socket.once('data', flood);
  });
  host.visit.port = app.port;
  const connected = once(host.server, 'connection');
  const client = new RawClient(host.port);
  client.socket.pause();
  client.send(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
  const [atServer] = await connected;
  await flooded.promise;
  expect(atServer.writableLength).toBeLessThan(MIB);
  client.socket.destroy();
});
