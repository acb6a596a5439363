import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ViciConnection } from './connection.ts';
import { ViciError } from './error.ts';
import { frame, FrameReader } from './framing.ts';
import { decodePacket, encodePacket, type ViciPacket } from './packet.ts';
import { messageOf, textAt } from './section.ts';

/** A charon that answers each packet with what the test says. */
let server: Server;
let folder: string;
let path: string;
let answer: (packet: ViciPacket, socket: Socket) => void;

const send = (socket: Socket, packet: ViciPacket) => socket.write(frame(encodePacket(packet)));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-vici-'));
  path = join(folder, 'vici');
  server = createServer((socket) => {
    const reader = new FrameReader();
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const segment of reader.push(bytes)) answer(decodePacket(segment), socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test('commands take turns, and events between request and response reach the listener', async () => {
  const open: string[] = [];
  answer = (packet, socket) => {
    if (packet.type !== 'request') return;
    open.push(packet.name);
    expect(open).toHaveLength(1);
    send(socket, { type: 'event', name: 'log', message: messageOf({ msg: `about ${packet.name}` }) });
    setImmediate(() => {
      open.pop();
      send(socket, { type: 'response', message: messageOf({ echo: packet.name }) });
    });
  };
  const events: (string | null)[] = [];
  const connection = await ViciConnection.open(path, (_, message) => events.push(textAt(message, 'msg')));
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => connection.request(name)));
  expect(answers.map((message) => textAt(message, 'echo'))).toEqual(['a', 'b', 'c']);
  expect(events).toEqual(['about a', 'about b', 'about c']);
  connection.close();
});

test('a refusal rejects with charon’s message, an unknown command and event as unknown', async () => {
  answer = (packet, socket) => {
    if (packet.type === 'register') send(socket, { type: 'unknown-event' });
    else if (packet.type === 'request' && packet.name === 'initiate') {
      send(socket, { type: 'response', message: messageOf({ success: 'no', errmsg: 'it failed' }) });
    } else send(socket, { type: 'unknown-command' });
  };
  const connection = await ViciConnection.open(path);
  await expect(connection.request('initiate')).rejects.toMatchObject({
    code: 'refused',
    message: 'it failed',
  });
  await expect(connection.request('nonsense')).rejects.toMatchObject({ code: 'unknown' });
  await expect(connection.register('nonsense')).rejects.toMatchObject({ code: 'unknown' });
  connection.close();
});

test('when charon goes away, the open request and all later ones reject as closed', async () => {
  answer = (_, socket) => socket.destroy();
  const connection = await ViciConnection.open(path);
  await expect(connection.request('version')).rejects.toMatchObject({ code: 'closed' });
  await connection.closed;
  await expect(connection.request('version')).rejects.toMatchObject({ code: 'closed' });
});

test.each([
  ['bytes that aren’t VICI', frame(Buffer.from('ff', 'hex'))],
  ['an answer to nothing', frame(encodePacket({ type: 'confirm' }))],
  ['an endless length', Buffer.from('ffffffff', 'hex')],
])('%s end the connection with a ViciError', async (_, bytes) => {
  answer = (_packet, socket) => socket.write(bytes);
  const connection = await ViciConnection.open(path);
  await expect(connection.request('version')).rejects.toBeInstanceOf(ViciError);
  await connection.closed;
});

test('nobody listening rejects as closed', async () => {
  await expect(ViciConnection.open(join(folder, 'nobody'))).rejects.toMatchObject({ code: 'closed' });
});
