import { connect, type Socket } from 'node:net';

/** A viewer that writes bytes by hand, as no well-behaved client would, and keeps what comes back. */
export class RawClient {
  readonly socket: Socket;
  received = '';
  closed = false;
  #waiting: (() => void)[] = [];

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1' });
    this.socket.on('data', (bytes) => {
      this.received += bytes.toString('latin1');
      this.#wake();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
  }

  #wake(): void {
    for (const check of this.#waiting) check();
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Resolves with all that came, once this is part of it. Rejects where the connection ends before. */
  async until(text: string): Promise<string> {
    return await this.#when(() => this.received.includes(text), `“${text}”`);
  }

  /** Resolves with all that came, once the other side has hung up. */
  async end(): Promise<string> {
    return await this.#when(() => this.closed, 'its end');
  }

  async #when(holds: () => boolean, what: string): Promise<string> {
    return await new Promise((resolve, reject) => {
      const check = () => {
        if (holds()) resolve(this.received);
        else if (this.closed) reject(new Error(`It ended before ${what}: ${this.received}`));
        else return;
        this.#waiting = this.#waiting.filter((other) => other !== check);
      };
      this.#waiting.push(check);
      check();
    });
  }
}
