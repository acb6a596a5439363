import { once } from 'node:events';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { WebSocket, type ClientOptions } from 'ws';
import { portConnectClose, portConnectPath } from '../../contract/portConnection.ts';
import { issueToken } from '../session/tokens.ts';
import { sessionCookieName } from '../session/sessionCookie.ts';
import { startTcpApp, unusedPort, type Listening } from './testing/exampleApp.ts';
import { startPortsHost, type PortsHost } from './testing/portsHost.ts';

let host: PortsHost;
let app: Listening;
let inside: Socket[];
let teamId: string;
let ownerId: string;
let token: { id: string; text: string };

beforeEach(async () => {
  host = await startPortsHost({ limits: { perViewer: 2 } });
  inside = [];
  app = await startTcpApp((socket) => inside.push(socket));
  const { owner_id, team_id } = await host.db
    .selectFrom('workspace')
    .selectAll()
    .where('id', '=', 'ws_1')
    .executeTakeFirstOrThrow();
  [teamId, ownerId] = [team_id, owner_id];
  token = await issueToken(host.db, host.clock, {
    kind: 'api',
    userId: ownerId,
    teamId,
    lifetimeMs: 86_400_000,
  });
  await forward(app.port);
});
afterEach(async () => {
  await host.close();
  await app.close();
});

async function forward(port: number): Promise<void> {
  const path = `/api/v1/teams/${teamId}/workspaces/ws_1/ports/${port}`;
  expect((await host.withApiToken(token.text).put(path, {})).status).toBe(201);
}

function dial(port = app.port, headers: Record<string, string> = {}): WebSocket {
  const options: ClientOptions = {
    headers: { authorization: `Bearer ${token.text}`, ...headers },
    perMessageDeflate: false,
  };
  const webSocket = new WebSocket(host.url + portConnectPath(teamId, 'ws_1', port), options);
  webSocket.on('error', () => undefined);
  return webSocket;
}

async function opened(): Promise<{ outside: WebSocket; program: Socket }> {
  const outside = dial();
  await once(outside, 'open');
  await eventually(() => expect(inside).toHaveLength(1));
  const [program] = inside;
  if (!program) throw new Error('No connection came.');
  return { outside, program };
}

async function refusal(webSocket: WebSocket): Promise<{ status: number; code: string }> {
  const [, response] = await once(webSocket, 'unexpected-response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, code: JSON.parse(text).code };
}

/** A program’s socket may well be reset. */
const closeOf = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

const bytesOf = async (webSocket: WebSocket): Promise<string> =>
  String((await once(webSocket, 'message'))[0]);

describe('a connection to a port', () => {
  test('carries bytes both ways, whatever they mean', async () => {
    const { outside, program } = await opened();
    const came = once(program, 'data');
    outside.send(Buffer.from([0, 255, 10, 13, 128]));
    expect([...(await came)[0]]).toEqual([0, 255, 10, 13, 128]);
    const back = bytesOf(outside);
    program.write('not HTTP at all');
    expect(await back).toBe('not HTTP at all');
  });

  test('arrives whole, also where the other side reads late', async () => {
    const { outside, program } = await opened();
    const sent = Buffer.alloc(8 * 1024 * 1024, 'x');
    let received = 0;
    program.pause();
    program.on('data', (chunk: Buffer) => (received += chunk.length));
    for (let at = 0; at < sent.length; at += 65_536) outside.send(sent.subarray(at, at + 65_536));
    outside.close(1000);
    program.resume();
    await once(program, 'end');
    expect(received).toBe(sent.length);
  });

  test('ends when the program ends it, after what it said last', async () => {
    const { outside, program } = await opened();
    const last = bytesOf(outside);
    const closed = once(outside, 'close');
    program.end('goodbye');
    expect(await last).toBe('goodbye');
    expect((await closed)[0]).toBe(1000);
  });

  test('breaks off when the replica goes', async () => {
    const { outside } = await opened();
    const closed = once(outside, 'close');
    host.agent.die();
    expect((await closed)[0]).toBe(1006);
  });

  test('is told to the program when whoever connected vanishes', async () => {
    const { outside, program } = await opened();
    const closed = closeOf(program);
    outside.terminate();
    await closed;
  });

  test('ends within a second of the token being revoked, and says why', async () => {
    const { outside, program } = await opened();
    const closed = once(outside, 'close');
    const gone = closeOf(program);
    await host.db
      .updateTable('token')
      .set({ revoked_at: new Date(host.clock.now()).toISOString() })
      .where('id', '=', token.id)
      .execute();
    host.clock.advance(400);
    expect((await closed)[0]).toBe(portConnectClose.accessEnded);
    await gone;
    expect(await refusal(dial())).toEqual({ status: 401, code: 'token_invalid' });
  });

  test('ends as fast for somebody who reads nothing', async () => {
    const { outside, program } = await opened();
    outside.pause();
    const filling = setInterval(() => program.write(Buffer.alloc(1024 * 1024)), 5);
    await eventually(() => expect(program.writableNeedDrain).toBe(true));
    const gone = closeOf(program);
    await host.db.updateTable('port').set({ forwarded: 0 }).execute();
    host.clock.advance(400);
    await gone;
    clearInterval(filling);
  });
});

describe('a refused upgrade is answered with a problem document', () => {
  test('without a token, also with the dashboard’s cookie', async () => {
    const session = await issueToken(host.db, host.clock, {
      kind: 'session',
      userId: ownerId,
      lifetimeMs: 60_000,
    });
    const cookie = `${sessionCookieName(host.deps.settings)}=${session.text}`;
    const webSocket = new WebSocket(host.url + portConnectPath(teamId, 'ws_1', app.port), {
      headers: { cookie, origin: 'http://localhost:8080' },
    });
    expect(await refusal(webSocket)).toEqual({ status: 401, code: 'not_signed_in' });
  });

  test('for a port that isn’t forwarded', async () => {
    expect(await refusal(dial(await unusedPort()))).toEqual({ status: 404, code: 'not_found' });
  });

  test('where nothing listens', async () => {
    const port = await unusedPort();
    await forward(port);
    expect(await refusal(dial(port))).toEqual({ status: 502, code: 'not_listening' });
  });

  test('where the replica isn’t connected', async () => {
    host.agent.hangUp();
    await eventually(async () => {
      expect(await refusal(dial())).toEqual({ status: 502, code: 'replica_offline' });
    });
  });

  test('where somebody has as many open as they may, until one ends', async () => {
    const first = dial();
    await Promise.all([once(first, 'open'), once(dial(), 'open')]);
    expect(await refusal(dial())).toMatchObject({ code: 'too_many' });
    first.close(1000);
    await once(first, 'close');
    await eventually(async () => {
      const next = dial();
      const opens = once(next, 'open').then(() => 'open');
      expect(await Promise.race([opens, refusal(next)])).toBe('open');
    });
  });

  test('for another protocol than WebSocket, and nothing stays open for it', async () => {
    const path = portConnectPath(teamId, 'ws_1', app.port);
    const request = get({
      port: host.port,
      host: '127.0.0.1',
      path,
      headers: { authorization: `Bearer ${token.text}`, connection: 'Upgrade', upgrade: 'chat' },
    });
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(400);
    await eventually(() => expect(inside.every(({ destroyed }) => destroyed)).toBe(true));
  });
});
