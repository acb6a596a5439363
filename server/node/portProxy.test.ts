import {
  request as httpRequest,
  createServer,
  type IncomingMessage,
  type RequestOptions,
  type Server,
} from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { once } from 'node:events';
import { HOST, startPortsHost, type PortsHost } from './testing/portsHost.ts';

let host: PortsHost;
let app: Server;
beforeEach(async () => {
  host = await startPortsHost();
  app = createServer((req, res) => {
    res.end(`hello ${req.url}`);
  });
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  const a = app.address();
  host.visit.port = typeof a === 'object' && a ? a.port : 0;
});
afterEach(async () => {
  await host.close();
  app.closeAllConnections();
  app.close();
});

async function get(options: RequestOptions = {}): Promise<{ answer: IncomingMessage; text: string }> {
  const request = httpRequest({ host: '127.0.0.1', port: host.port, headers: { host: HOST }, ...options });
  request.end();
  const [answer] = await once(request, 'response');
  const chunks: Buffer[] = await answer.toArray();
  return { answer, text: Buffer.concat(chunks).toString() };
}

test('get', async () => {
  const { answer, text } = await get({ path: '/x?y' });
  expect(text).toBe('hello /x?y');
  expect(answer.statusCode).toBe(200);
});
test('ws', async () => {
  const wss = new WebSocketServer({ server: app });
  wss.on('connection', (s) => s.on('message', (d) => s.send(d)));
  const w = new WebSocket(`ws://127.0.0.1:${host.port}/`, { headers: { host: HOST } });
  await once(w, 'open');
  w.send('hello');
  expect(String((await once(w, 'message'))[0])).toBe('hello');
  w.close();
  await once(w, 'close');
});
