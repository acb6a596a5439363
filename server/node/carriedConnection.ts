import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketStream } from './webSocketStream.ts';

/** What somebody who doesn’t read has to hear why the connection ends. Milliseconds. */
const LAST_WORD_MS = 500;

/**
 * One connection of a program outside to a program in a replica: bytes go both ways, each as fast as the other side takes
 * them. Where one side ends, what it sent arrives and the other ends; where one breaks off, so does the other.
 */
export class CarriedConnection {
  readonly #webSocket: WebSocket;
  readonly #outside: WebSocketStream;
  readonly #inside: Duplex;
  #told = false;
  /** Both sides are closed. */
  readonly ended: Promise<unknown>;

  /** @param webSocket just opened, so that no byte is missed */
  constructor(webSocket: WebSocket, inside: Duplex) {
    const outside = new WebSocketStream(webSocket);
    this.#webSocket = webSocket;
    this.#outside = outside;
    this.#inside = inside;
    this.ended = Promise.all([closed(outside), closed(inside)]);
    this.#breakOffTogether(outside, inside);
    this.#breakOffTogether(inside, outside);
    outside.pipe(inside);
    inside.pipe(outside);
  }

  keepAlive(deadMs: number): void {
    this.#outside.keepAlive(deadMs);
  }

  /** Passes on nothing more, at once; whoever is outside is told this code and reason. */
  end(code: number, reason: string): void {
    this.#told = true;
    this.#outside.unpipe();
    this.#inside.unpipe();
    this.#inside.destroy();
    this.#webSocket.close(code, reason);
    const timer = setTimeout(() => this.#webSocket.terminate(), LAST_WORD_MS);
    this.#webSocket.once('close', () => clearTimeout(timer));
  }

  /** What ended well has passed its end on by itself. */
  #breakOffTogether(one: Duplex, other: Duplex): void {
    one.on('error', () => {
      if (!this.#told) other.destroy();
    });
    one.once('close', () => {
      if (!this.#told && !one.readableEnded) other.destroy();
    });
  }
}

const closed = (stream: Duplex) => new Promise<void>((resolve) => stream.once('close', () => resolve()));
