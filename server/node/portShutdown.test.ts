import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOST, LABEL, startPortsHost, type PortsHost } from './testing/portsHost.ts';

let host: PortsHost;

beforeEach(async () => {
  host = await startPortsHost();
});
afterEach(() => host.close());

test.each([
  ['request', ''],
  ['upgrade', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'],
])('whoever went before their %s was begun with doesn’t keep the server from ending', async (kind, more) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const viewer = connect({ port, host: '127.0.0.1' });
  viewer.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n${more}\r\n`);
  const [incoming, beside, head] = await once(server, kind);
  const gone = new Promise((resolve) => incoming.socket.once('close', resolve));
  incoming.socket.on('error', () => undefined);
  viewer.resetAndDestroy();
  // Nothing reads from a connection that has left HTTP.
  incoming.socket.resume();
  await gone;

  if (kind === 'request') host.ports.serve({ incoming, outgoing: beside }, LABEL);
  else host.ports.upgrade(incoming, beside, head, LABEL);
  await host.ports.close(0);
  expect(host.watched()).toBe(0);
  server.close();
});
