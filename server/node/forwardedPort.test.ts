import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Port } from '../../contract/ports.ts';
import { Session } from '../../contract/session.ts';
import { JoinTokenCreated, Workspace } from '../../contract/workspaces.ts';
import type { Log } from '../deps.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './startServer.ts';
import { startExampleApp, type ExampleApp } from './testing/exampleApp.ts';
import { RawClient } from './testing/rawClient.ts';
import { StreamAgent } from './testing/streamAgent.ts';
import { get } from './testing/viewer.ts';

const TOKEN = '0f'.repeat(32);
const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

let folder: string;
let server: RunningServer;
let agent: StreamAgent;
let app: ExampleApp;
let listeningOn: number;
/** The port as the API has it, and the host that it is reached by. */
let path: string;
let port: Port;
let host: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forwarded-'));
  const { settings } = readSettings(['--port', '0', '--data', join(folder, 'data')], {
    CULVERT_ADMIN_EMAIL: 'root@example.com',
    CULVERT_ADMIN_PASSWORD: 'seven violins under',
    CULVERT_ADMIN_TOKEN: TOKEN,
    CULVERT_PORTS_INTERSTITIAL: 'off',
  });
  server = await startServer({ settings, log: quiet, dashboardFolder: join(folder, 'dashboard') });
  listeningOn = Number(new URL(server.localUrl).port);
  app = await startExampleApp();
  const { teams } = Session.parse(await api('GET', '/session'));
  const team = `/teams/${teams[0]?.id ?? ''}`;
  const workspace = Workspace.parse(await api('POST', `${team}/workspaces`, { name: 'api' }));
  const workspacePath = `${team}/workspaces/${workspace.id}`;
  const { token } = JoinTokenCreated.parse(await api('POST', `${workspacePath}/join-tokens`, {}));
  agent = await StreamAgent.join(`ws://127.0.0.1:${listeningOn}`, token);
  path = `${workspacePath}/ports/${app.port}`;
  port = Port.parse(await api('PUT', path, { protocol: 'http' }));
  host = new URL(port.url ?? '').host;
});
afterEach(async () => {
  agent.die();
  await server.close();
  await app.close();
  await rm(folder, { recursive: true });
});

async function api(
  method: string,
  to: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const response = await fetch(`${server.localUrl}/api/v1${to}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${to}: ${response.status} ${await response.text()}`);
  return await response.json();
}

const makeIt = async (visibility: Port['visibility']) => {
  port = Port.parse(await api('PATCH', path, { visibility }, { 'if-match': `"${port.revision}"` }));
};
const visit = (headers: Record<string, string> = {}) =>
  get(listeningOn, { path: '/page', headers: { host, ...headers } });

test('a private port is its owner’s alone, a public one anybody’s', async () => {
  expect((await visit()).status).toBe(401);
  expect((await visit({ 'culvert-token': TOKEN, 'x-a': '1' })).text).toBe('saw GET /page');
  expect(app.seen[0]?.rawHeaders).toContain('x-a');
  expect(app.seen[0]?.rawHeaders.join().toLowerCase()).not.toContain('culvert-token');
  await makeIt('public');
  expect((await visit()).text).toBe('saw GET /page');
  expect((await get(listeningOn, { headers: { host: `x${host}` } })).status).toBe(401);
});

test('what runs ends within a second of the port becoming private: answers and WebSockets', async () => {
  await makeIt('public');
  const webSocket = new WebSocket(`ws://127.0.0.1:${listeningOn}/echo`, { headers: { host } });
  webSocket.on('error', () => undefined);
  await once(webSocket, 'open');
  const upload = new RawClient(listeningOn).send(
    `POST /upload HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\nbegun`,
  );
  webSocket.send('hello');
  expect(String((await once(webSocket, 'message'))[0])).toBe('hello');
  const begun = performance.now();
  await makeIt('private');
  await Promise.all([once(webSocket, 'close'), upload.end()]);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test('nothing listening, and no replica, have pages of their own', async () => {
  await makeIt('public');
  await app.close();
  const page = await visit({ accept: 'text/html' });
  expect(page.status).toBe(502);
  expect(page.text).toContain(`Nothing is listening on port ${app.port}`);
  agent.die();
  await expect.poll(async () => (await visit()).text, { timeout: 5000 }).toContain('replica_offline');
});
