import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { AGENT_PROTOCOL, AGENT_MESSAGE_MAX_BYTES } from '../../contract/agentProtocol.ts';
import { issueToken } from '../session/tokens.ts';
import { createTestApp, type TestApp } from '../testing.ts';
import { createAgentSockets, type AgentSockets } from './agentSocket.ts';
import { createReplicaStreams } from './replicaStreams.ts';

let host: TestApp;
let sockets: AgentSockets;
let url: string;
let token: { id: string; text: string };
let server: Server;
const dialled: WebSocket[] = [];

beforeEach(async () => {
  host = await createTestApp();
  const team = await host.addTeam();
  const owner = await host.addUser('Olga', [{ id: team.id, role: 'member' }]);
  await host.db
    .insertInto('workspace')
    .values({
      id: 'ws_1',
      team_id: team.id,
      name: 'api',
      owner_id: owner.id,
      created_at: '2026-01-01T00:00:00.000Z',
    })
    .execute();
  token = await issueToken(host.db, host.clock, {
    kind: 'join',
    teamId: team.id,
    workspaceId: 'ws_1',
    lifetimeMs: null,
  });
  server = createServer();
  sockets = createAgentSockets(host.deps.hub, createReplicaStreams(host.deps.hub), host.deps.log);
  server.on('upgrade', sockets.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port.');
  url = `ws://127.0.0.1:${address.port}`;
});

afterEach(async () => {
  for (const socket of dialled.splice(0)) socket.terminate();
  await sockets.close(0);
  await new Promise((resolve) => server.close(resolve));
});

function dial(bearer: string | null, path = '/agent/v1/connect'): WebSocket {
  const socket = new WebSocket(url + path, {
    headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
  });
  // An upgrade that was refused is ended by the cleanup, which ws reports as an error of the socket.
  socket.on('error', () => undefined);
  dialled.push(socket);
  return socket;
}

/** The status and body of a refused upgrade. */
async function refusal(
  socket: WebSocket,
): Promise<{ status: number | undefined; problem: { code: string } }> {
  const [, response] = await once(socket, 'unexpected-response');
  const chunks: Buffer[] = await response.toArray();
  return { status: response.statusCode, problem: JSON.parse(Buffer.concat(chunks).toString()) };
}

const hello = JSON.stringify({
  type: 'hello',
  protocol: AGENT_PROTOCOL,
  replica: { key: 'k'.repeat(20), secret: 's'.repeat(40) },
  boot: 'boot-1',
  hostname: 'host-1',
  platform: 'linux-x64',
  agentVersion: '0.1.0',
  ipsec: {
    supported: true,
    backend: 'kernel',
    strongswanVersion: '5.9.8',
    code: null,
    reason: null,
    fix: null,
  },
});

test('an agent with a join token is welcomed and told what to do', async () => {
  const socket = dial(token.text);
  await once(socket, 'open');
  const received: { type: string }[] = [];
  const both = new Promise<void>((resolve) => {
    socket.on('message', (data) => received.push(JSON.parse(String(data))) === 2 && resolve());
  });
  socket.send(hello);
  await both;
  expect(received.map((message) => message.type)).toEqual(['welcome', 'desired']);
});

test('a token that this server doesn’t know is refused before the upgrade, and the agent keeps trying', async () => {
  expect(await refusal(dial('culv_join_wrong'))).toMatchObject({
    status: 401,
    problem: { code: 'token_unknown' },
  });
  expect(await refusal(dial(null))).toMatchObject({ status: 401, problem: { code: 'token_unknown' } });
});

test('a revoked token is refused for good', async () => {
  await host.db
    .updateTable('token')
    .set({ revoked_at: '2026-01-02T00:00:00.000Z' })
    .where('id', '=', token.id)
    .execute();
  expect(await refusal(dial(token.text))).toMatchObject({ status: 401, problem: { code: 'token_revoked' } });
});

test('there is nothing to upgrade to elsewhere', async () => {
  expect(await refusal(dial(token.text, '/api/v1/session'))).toMatchObject({ status: 404 });
});

/** Sends a request line by hand: clients refuse to send some that servers are sent all the same. */
async function ask(target: string): Promise<string> {
  // A client that never hangs up by itself.
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  const chunks: Buffer[] = await socket.toArray();
  return Buffer.concat(chunks).toString();
}

test.each(['//', '/\\', 'http://[', '*'])('an upgrade to %j is refused like any other', async (target) => {
  expect(await ask(target)).toMatch(/^HTTP\/1\.1 404 /);
});

test('who is refused and doesn’t hang up holds no connection open', async () => {
  expect(await ask('/agent/v1/connect')).toMatch(/^HTTP\/1\.1 401 /);
  const open = await new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  expect(open).toBe(0);
});

test('a revocation closes the connection with 4401', async () => {
  const socket = dial(token.text);
  await once(socket, 'open');
  host.deps.hub.revoked([token.id]);
  expect(await once(socket, 'close').then(([code]) => code)).toBe(4401);
});

test('binary and oversized messages end the connection', async () => {
  const binary = dial(token.text);
  await once(binary, 'open');
  binary.send(Buffer.from(hello));
  expect(await once(binary, 'close').then(([code]) => code)).toBe(4400);

  const large = dial(token.text);
  await once(large, 'open');
  large.send('x'.repeat(AGENT_MESSAGE_MAX_BYTES + 1));
  expect(await once(large, 'close').then(([code]) => code)).toBe(1009);
});

test('closing cuts an agent that doesn’t say goodbye', async () => {
  const socket = dial(token.text);
  await once(socket, 'open');
  socket.pause();
  await host.deps.hub.close();
  await sockets.close(10);
  socket.resume();
  await once(socket, 'close');
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});
