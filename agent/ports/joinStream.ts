import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createWebSocketStream } from 'ws';
import type { WebSocket } from 'ws';
import type { Clock } from '../ipsec/clock.ts';

/** A program that doesn't hang up after the other side did gets this long. Milliseconds. */
const lingerMs = 10_000;

/** Bytes of a message. One that fits into what a socket reads at once (64 KiB) is taken by the receiver without copying it. */
const messageBytes = 16 * 1024;

/** RFC 6455 section 7.4.1: 1000, and 1005 for a close without a code. All else means that bytes are missing. */
const endedWell = (code: number): boolean => code === 1000 || code === 1005;

/**
 * Passes bytes between a program's socket and a WebSocket that has just been constructed (later, what arrives with the
 * handshake would be lost), each side as fast as the other takes them.
 *
 * WebSocket knows no half-open connection. When the program ends its side, what it sent arrives and then the WebSocket is
 * closed; until the other side has read so far, its bytes still reach the program. When the other side closes, the program
 * reads the end of the stream after what was sent, and what it says after that is dropped. When either side breaks off, so
 * does the other at once.
 *
 * @param options.signal breaks both off
 * @returns when both are closed; `failure` says why the WebSocket never opened, null when it did
 */
export async function joinStream(options: {
  socket: Socket;
  webSocket: WebSocket;
  clock: Clock;
  signal: AbortSignal;
}): Promise<{ failure: string | null }> {
  const { socket, webSocket, clock, signal } = options;
  const remote = createWebSocketStream(webSocket);
  sendInPieces(remote, webSocket);
  let failure: string | null = '';
  let cancelLinger = (): void => undefined;

  const breakOff = (): void => {
    socket.destroy();
    webSocket.terminate();
  };
  signal.addEventListener('abort', breakOff, { once: true });
  webSocket.once('open', () => {
    failure = null;
  });
  webSocket.on('error', (error) => {
    if (failure !== null) failure = error.message;
  });
  remote.on('error', breakOff);
  socket.pipe(remote);
  remote.pipe(socket);

  const socketClosed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      cancelLinger();
      // Its last words are on their way; nobody is left to read what comes back.
      if (socket.readableEnded) remote.resume();
      else webSocket.terminate();
      resolve();
    });
  });
  const webSocketClosed = new Promise<void>((resolve) => {
    webSocket.once('close', (code) => {
      if (!endedWell(code)) socket.destroy();
      else if (!socket.closed) cancelLinger = clock.after(lingerMs, () => socket.destroy());
      resolve();
    });
  });
  await Promise.all([socketClosed, webSocketClosed]);
  return { failure };
}

/** Has long chunks sent as several messages, once the WebSocket is open; until then the stream keeps them itself. */
function sendInPieces(stream: Duplex, webSocket: WebSocket): void {
  const write = stream._write.bind(stream);
  stream._write = (chunk: Buffer, encoding, done) => {
    let sent = 0;
    if (webSocket.readyState === webSocket.OPEN) {
      for (; chunk.length - sent > messageBytes; sent += messageBytes) {
        webSocket.send(chunk.subarray(sent, sent + messageBytes));
      }
    }
    write(chunk.subarray(sent), encoding, done);
  };
}
