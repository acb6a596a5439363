import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startForwarding } from '../testing/forwarding.ts';
import type { Forwarding } from '../testing/forwarding.ts';

const MiB = 1024 * 1024;

let forwarding: Forwarding;
beforeEach(async () => {
  forwarding = await startForwarding();
});
afterEach(() => forwarding.close());

const chunkBytes = 64 * 1024;

/** In pieces, as sockets do: the agent takes no message of many megabytes. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

async function take(from: Readable, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let taken = 0;
  for await (const chunk of from.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    taken += chunk.length;
    if (taken >= length) break;
  }
  return Buffer.concat(chunks);
}

describe('bytes', () => {
  test('32 MiB both ways at once arrive whole', async () => {
    const { app, viewer } = await forwarding.carried();
    const [up, down] = [randomBytes(32 * MiB), randomBytes(32 * MiB)];
    Readable.from(pieces(up)).pipe(viewer.bytes, { end: false });
    Readable.from(pieces(down)).pipe(app, { end: false });
    const [atApp, atViewer] = await Promise.all([take(app, up.length), take(viewer.bytes, down.length)]);
    expect(atApp.equals(up)).toBe(true);
    expect(atViewer.equals(down)).toBe(true);
  });

  test('a viewer that doesn’t read makes the program wait, and gets all in the end', async () => {
    const { app, viewer } = await forwarding.carried();
    const all = randomBytes(64 * MiB);
    viewer.socket.pause();
    Readable.from(pieces(all)).pipe(app);
    // What isn't taken by sockets and buffers on the way stays with the program.
    await expect.poll(() => stalls(app), { timeout: 20_000, interval: 250 }).toBe(true);
    expect(app.bytesWritten).toBeLessThan(24 * MiB);
    viewer.socket.resume();
    expect((await take(viewer.bytes, all.length)).equals(all)).toBe(true);
  });

  test('a program that doesn’t read makes the viewer wait, and gets all in the end', async () => {
    const { app, viewer } = await forwarding.carried();
    const all = randomBytes(64 * MiB);
    app.pause();
    let written = 0;
    const counted = async function* () {
      for (const piece of pieces(all)) {
        written += piece.length;
        yield piece;
      }
    };
    Readable.from(counted()).pipe(viewer.bytes, { end: false });
    let before = -1;
    const settled = () => before === (before = written);
    await expect.poll(settled, { timeout: 20_000, interval: 250 }).toBe(true);
    expect(written).toBeLessThan(24 * MiB);
    expect((await take(app, all.length)).equals(all)).toBe(true);
  });
});

const writtenBefore = new WeakMap<Socket, number>();
/** Nothing was taken from it since it was asked before. */
function stalls(socket: Socket): boolean {
  const before = writtenBefore.get(socket);
  writtenBefore.set(socket, socket.bytesWritten);
  return before === socket.bytesWritten && before > 0;
}

describe('an end', () => {
  test('of the program’s side arrives after all it said', async () => {
    const { app, viewer } = await forwarding.carried();
    const answer = randomBytes(4 * MiB);
    app.end(answer);
    expect((await buffer(viewer.bytes)).equals(answer)).toBe(true);
    expect(await viewer.ended).toBe(1005);
    app.resume();
    await once(app, 'close');
  });

  test('of the program’s side leaves it the viewer’s last bytes', async () => {
    const { app, viewer } = await forwarding.carried();
    viewer.socket.pause();
    app.end('bye');
    viewer.bytes.write('last words');
    const heard = buffer(app);
    viewer.socket.resume();
    viewer.bytes.resume();
    expect(String(await heard)).toBe('last words');
  });

  test('of the server’s side arrives at the program after all it said', async () => {
    const { app, viewer } = await forwarding.carried();
    const request = randomBytes(4 * MiB);
    Readable.from(pieces(request)).pipe(viewer.bytes);
    expect((await buffer(app)).equals(request)).toBe(true);
  });

  test('that the server breaks off closes the program’s connection', async () => {
    const { app, viewer } = await forwarding.carried();
    viewer.socket.terminate();
    app.resume();
    await once(app, 'end');
  });

  test('by which the program breaks off doesn’t pass for a good one', async () => {
    const { app, viewer } = await forwarding.carried();
    app.write('half an ans');
    await once(viewer.bytes, 'data');
    app.resetAndDestroy();
    expect(await viewer.ended).toBe(1006);
  });

  test('of the control connection breaks all of them off', async () => {
    const { app, viewer } = await forwarding.carried();
    forwarding.streams.endAll();
    app.resume();
    await Promise.all([once(app, 'end'), viewer.ended]);
    expect(await viewer.ended).toBe(1006);
  });
});
