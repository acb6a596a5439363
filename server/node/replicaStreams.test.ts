import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from './testing/eventually.ts';
import type { WebSocket } from 'ws';
import { STREAM_PATH } from '../../contract/agentProtocol.ts';
import { StreamError } from './streamError.ts';
import { startTcpApp, type Listening } from './testing/exampleApp.ts';
import { startPortsHost, type PortsHost } from './testing/portsHost.ts';

let host: PortsHost;
let echo: Listening;

beforeEach(async () => {
  host = await startPortsHost();
  echo = await startTcpApp((socket) => socket.pipe(socket));
});
afterEach(async () => {
  vi.useRealTimers();
  await host.close();
  await echo.close();
});

const open = (signal?: AbortSignal) => host.streams.open(host.agent.replicaId, echo.port, signal);

/** The id that the agent is asked to dial back under, while it leaves that to the test. */
function asked(): Promise<string> {
  return new Promise((resolve) => {
    host.agent.onOpen = (stream) => resolve(stream);
  });
}

/** What a dial-back comes to: `open`, or the status it is refused with. */
async function outcome(webSocket: WebSocket): Promise<number | 'open'> {
  return await Promise.race([
    once(webSocket, 'open').then((): 'open' => 'open'),
    once(webSocket, 'unexpected-response').then(([, response]): number => response.statusCode),
  ]);
}

test('bytes go both ways, and either end ends the other', async () => {
  const stream = await open();
  stream.write('hello');
  expect(String((await once(stream, 'data'))[0])).toBe('hello');
  stream.end();
  await once(stream, 'close');
  expect(stream.errored).toBeNull();
  await eventually(() => expect(host.agent.streams).toBe(0));
});

test('what the agent sends at once is not lost', async () => {
  const greeting = await startTcpApp((socket) => socket.write('220 welcome'));
  const stream = await host.streams.open(host.agent.replicaId, greeting.port);
  expect(String((await once(stream, 'data'))[0])).toBe('220 welcome');
  stream.destroy();
  await greeting.close();
});

describe('a dial-back is refused', () => {
  test('under an id that nobody waits for', async () => {
    expect(await outcome(host.agent.dial(`${STREAM_PATH}${'x'.repeat(43)}`))).toBe(404);
    expect(await outcome(host.agent.dial(STREAM_PATH))).toBe(404);
  });

  test('the second time, and the first one goes on', async () => {
    const id = asked();
    const opening = open();
    expect(await outcome(host.agent.dial(STREAM_PATH + (await id)))).toBe('open');
    expect(await outcome(host.agent.dial(STREAM_PATH + (await id)))).toBe(404);
    expect((await opening).destroyed).toBe(false);
  });

  test('with a token of another workspace, and the right one still counts', async () => {
    const other = await host.addWorkspace('ws_2');
    const id = asked();
    const opening = open();
    expect(await outcome(host.agent.dial(STREAM_PATH + (await id), other))).toBe(404);
    expect(await outcome(host.agent.dial(STREAM_PATH + (await id), 'culv_join_wrong'))).toBe(401);
    expect(await outcome(host.agent.dial(STREAM_PATH + (await id)))).toBe('open');
    await opening;
  });

  test('once nobody waits any more: given up, or the agent said no', async () => {
    const id = asked();
    const giveUp = new AbortController();
    const opening = open(giveUp.signal);
    await id;
    giveUp.abort(new Error('The viewer has gone.'));
    await expect(opening).rejects.toThrow('The viewer has gone.');
    expect(await outcome(host.agent.dial(STREAM_PATH + (await id)))).toBe(404);

    const second = asked();
    const refused = open();
    host.agent.say({ type: 'stream-refused', stream: await second, code: 'too-many' });
    await expect(refused).rejects.toMatchObject({ reason: 'too-many' });
    expect(await outcome(host.agent.dial(STREAM_PATH + (await second)))).toBe(404);
  });

  test('ten seconds after it was asked for', async () => {
    const id = asked();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const opening = open().catch((error: unknown) => error);
    await id;
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    expect(await opening).toMatchObject({ reason: 'timeout' });
    expect(await outcome(host.agent.dial(STREAM_PATH + (await id)))).toBe(404);
  });
});

test('an agent can’t answer for a stream that another one was asked for', async () => {
  const other = await host.join('two');
  const id = asked();
  const opening = open();
  other.say({ type: 'stream-refused', stream: await id, code: 'not-listening' });
  await expect(other.settled()).resolves.toBeUndefined();
  expect(await outcome(host.agent.dial(STREAM_PATH + (await id)))).toBe('open');
  await opening;
  other.die();
});

test('a replica that isn’t connected has no ports', async () => {
  await expect(host.streams.open('rep_none', 80)).rejects.toBeInstanceOf(StreamError);
});

test('streams end with the connection of their replica, those that were asked for too', async () => {
  const stream = await open();
  const id = asked();
  const opening = open();
  await id;
  const closed = once(stream, 'close').catch(() => undefined);
  // Its streams stay: only the connection that they were asked for over ends.
  host.agent.hangUp();
  await expect(opening).rejects.toMatchObject({ reason: 'offline' });
  await closed;
  expect(stream.errored).toMatchObject({ reason: 'offline' });
});

test('an agent that is cut off in the middle leaves an error, not an end', async () => {
  const stream = await open();
  stream.on('error', () => undefined);
  const ended = vi.fn();
  stream.on('end', ended);
  stream.resume();
  host.agent.cutStreams();
  await once(stream, 'close').catch(() => undefined);
  expect(stream.errored).toMatchObject({ code: 'ECONNRESET' });
  expect(ended).not.toHaveBeenCalled();
});

test('text, and messages of more than a megabyte, end the stream', async () => {
  for (const message of ['text', Buffer.alloc(1024 * 1024 + 1)]) {
    const id = asked();
    const opening = open();
    const webSocket = host.agent.dial(STREAM_PATH + (await id));
    const stream = await opening;
    stream.on('error', () => undefined);
    await once(webSocket, 'open');
    webSocket.send(message);
    await once(webSocket, 'close');
    expect(stream.destroyed).toBe(true);
  }
});
