import { once } from 'node:events';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STREAM_PATH } from '../../contract/agentConnection.ts';
import type { FromAgent } from '../../contract/agentProtocol.ts';
import { startForwarding, streamId } from '../testing/forwarding.ts';
import type { Forwarding } from '../testing/forwarding.ts';

let forwarding: Forwarding;
beforeEach(async () => {
  forwarding = await startForwarding();
});
afterEach(() => forwarding.close());

const echo = (socket: Socket): void => void socket.pipe(socket);

const ownAddress =
  Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address ?? '127.0.0.2';

describe('a connection is carried', () => {
  test('over a WebSocket that the agent dials back with its token', async () => {
    const { port } = await forwarding.listen('127.0.0.1', echo);
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    const viewer = await forwarding.server.stream();
    expect(viewer).toMatchObject({ path: STREAM_PATH + streamId, authorization: 'Bearer culv_join_x' });
    viewer.bytes.write('hello');
    expect(String((await once(viewer.bytes, 'data'))[0])).toBe('hello');
  });

  test.each([
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['::1', '::1'],
    ['127.0.0.7', '127.0.0.7'],
    [ownAddress, ownAddress],
    ['127.0.0.1', null],
    ['::1', null],
  ])('to a program on %s that is known to be on %s', async (host, address) => {
    const { port } = await forwarding.listen(host, echo);
    if (address !== null) forwarding.found.set(port, address);
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    const viewer = await forwarding.server.stream();
    viewer.bytes.write('x');
    expect(String((await once(viewer.bytes, 'data'))[0])).toBe('x');
  });

  test('to a program that moved since the last look', async () => {
    const { port } = await forwarding.listen('::1', echo);
    forwarding.known.set(port, '127.0.0.1');
    forwarding.found.set(port, '::1');
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    expect((await forwarding.server.stream()).path).toBe(STREAM_PATH + streamId);
  });

  test('with a program that speaks first, before the server knows the stream', async () => {
    const { port } = await forwarding.listen('127.0.0.1', (socket) => socket.write('220 ready'));
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    expect(String((await once((await forwarding.server.stream()).bytes, 'data'))[0])).toBe('220 ready');
  });

  test('with a server that speaks first, in one segment with its handshake', async () => {
    const { app, viewer } = await forwarding.carried();
    viewer.bytes.write('GET / HTTP/1.1');
    expect(String((await once(app, 'data'))[0])).toBe('GET / HTTP/1.1');
  });

  test('below a server’s path', async () => {
    const streams = forwarding.createStreams({ server: new URL('/culvert', forwarding.server.url) });
    const { port } = await forwarding.listen('127.0.0.1');
    streams.open({ type: 'open', stream: streamId, port });
    expect((await forwarding.server.dialled()).path).toBe(`/culvert${STREAM_PATH}${streamId}`);
  });
});

describe('is refused', () => {
  const refused = (code: string) => ({ type: 'stream-refused', stream: streamId, code });

  test.each([null, '127.0.0.1', '::', '0.0.0.0'])('where nothing listens, known to be on %s', async (on) => {
    const { port, close } = await forwarding.listen('127.0.0.1');
    close();
    if (on !== null) forwarding.found.set(port, on);
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    expect(await forwarding.sent.next()).toEqual(refused('not-listening'));
  });

  test.each([0, -1, 65_536, Number.MAX_SAFE_INTEGER])('for %i, which is no port', async (port) => {
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    expect(await forwarding.sent.next()).toEqual(refused('not-listening'));
  });

  test('where it listens on an address that isn’t this replica’s', async () => {
    const { port } = await forwarding.listen('127.0.0.1');
    forwarding.found.set(port, '203.0.113.1');
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    expect(await forwarding.sent.next()).toEqual(refused('unreachable'));
  });

  test('over the limit, until another one has ended', async () => {
    const answers: FromAgent[] = [];
    const streams = forwarding.createStreams({ most: 1, send: (message) => answers.push(message) });
    const { port } = await forwarding.listen('127.0.0.1');
    streams.open({ type: 'open', stream: 'first', port });
    const first = await forwarding.server.stream();
    streams.open({ type: 'open', stream: streamId, port });
    expect(answers).toEqual([refused('too-many')]);
    first.socket.terminate();
    const admitted = () => {
      const before = answers.length;
      streams.open({ type: 'open', stream: 'second', port });
      return answers.length === before;
    };
    await expect.poll(admitted).toBe(true);
    expect((await forwarding.server.stream()).path).toBe(`${STREAM_PATH}second`);
  });

  test('when the server can’t be dialled back, which is logged without the token', async () => {
    const listening = await forwarding.listen('127.0.0.1');
    forwarding.server.refuseWith({ status: 404, body: '' });
    forwarding.streams.open({ type: 'open', stream: streamId, port: listening.port });
    expect(await forwarding.sent.next()).toEqual(refused('unreachable'));
    expect(forwarding.lines.join()).toContain('404');
    expect(forwarding.lines.join()).not.toContain('culv_join_x');
    await once((await listening.connection()).resume(), 'end');
  });
});

test.each(['', '../connect', '..', 'a/b', 'a?b', 'a#b', '%2e%2e', 'a b', 'é', 'x'.repeat(65)])(
  'the id %j leads nowhere',
  async (stream) => {
    const { port } = await forwarding.listen('127.0.0.1');
    forwarding.streams.open({ type: 'open', stream, port });
    forwarding.streams.open({ type: 'open', stream: streamId, port });
    expect((await forwarding.server.stream()).path).toBe(STREAM_PATH + streamId);
    expect(forwarding.lines).toHaveLength(1);
  },
);
