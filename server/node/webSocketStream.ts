import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Closed as agreed, after everything was sent. Any other end, 1006 above all, may have lost bytes. */
const CLEAN = new Set([1000, 1005]);

/** Of one message. What fits into the 64 KiB that a socket reads at once is taken by the receiver without copying it. */
const MESSAGE_BYTES = 16 * 1024;

/**
 * A WebSocket’s binary messages as one stream of bytes, with backpressure both ways. Not ws’s own createWebSocketStream,
 * because that ends as if all was well when the other side vanishes (an answer without a length would look complete),
 * and can’t tell whether the other side is slow or dead. Make it as soon as the WebSocket is open: it misses no byte then.
 */
export class WebSocketStream extends Duplex {
  readonly #webSocket: WebSocket;
  /** When the other side was heard last, as performance.now() counts. */
  #heardAt = performance.now();
  /** Since the last pong something was sent that may wait, and the pong behind it. */
  #sentSincePong = false;

  constructor(webSocket: WebSocket) {
    super({ allowHalfOpen: false });
    this.#webSocket = webSocket;
    webSocket.on('message', (data, isBinary) => {
      this.#heardAt = performance.now();
      if (!isBinary || !Buffer.isBuffer(data))
        return void this.destroy(new Error('A stream is bytes alone.'));
      if (!this.push(data)) webSocket.pause();
    });
    webSocket.on('pong', () => {
      this.#heardAt = performance.now();
      this.#sentSincePong = false;
    });
    webSocket.on('error', (error) => this.destroy(error));
    webSocket.on('close', (code) => {
      if (CLEAN.has(code)) this.push(null);
      else this.destroy(connectionLost());
    });
  }

  /**
   * Sends a ping, which also keeps proxies from taking the connection for idle; call it every few seconds. Ends the
   * stream when it is dead: nothing was heard for `deadMs`, though nothing kept the other side from answering. A slow
   * reader on either side holds pongs back as long as it likes, and is no reason.
   */
  keepAlive(deadMs: number): void {
    const webSocket = this.#webSocket;
    if (webSocket.readyState !== webSocket.OPEN) return;
    if (webSocket.isPaused) this.#heardAt = performance.now();
    else if (!this.#sentSincePong && performance.now() - this.#heardAt > deadMs) {
      this.destroy(connectionLost());
      return;
    }
    webSocket.ping();
  }

  /** http.Agent calls it when it takes up a connection again, as if all were sockets. Nothing to do: it never let go. */
  ref(): this {
    return this;
  }

  override _read(): void {
    if (this.#webSocket.isPaused) this.#webSocket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#sentSincePong = true;
    let sent = 0;
    for (; chunk.length - sent > MESSAGE_BYTES; sent += MESSAGE_BYTES) {
      this.#webSocket.send(chunk.subarray(sent, sent + MESSAGE_BYTES));
    }
    this.#webSocket.send(chunk.subarray(sent), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#webSocket.close(1000);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#webSocket.readyState !== this.#webSocket.CLOSED) this.#webSocket.terminate();
    done(error);
  }
}

const connectionLost = () =>
  Object.assign(new Error('The connection to the replica was lost.'), { code: 'ECONNRESET' });
