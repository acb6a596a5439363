import { connect, type Socket } from 'node:net';
import { ViciError } from './error.ts';
import { frame, FrameReader } from './framing.ts';
import type { ViciMessage } from './message.ts';
import { decodePacket, encodePacket, type ViciPacket } from './packet.ts';

type Waiting = {
  answers: readonly ViciPacket['type'][];
  resolve: (packet: ViciPacket) => void;
  reject: (error: ViciError) => void;
};

/** Receives events: those of the log come in great numbers, so nothing slow may happen here. */
export type EventListener = (name: string, message: ViciMessage) => void;

/**
 * One connection to charon. VICI has no request ids, so there is one exchange at a time and the others wait in line;
 * events may come at any moment, also between a request and its response.
 */
export class ViciConnection {
  /** Resolves once the connection is gone, for whatever reason. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #onEvent: EventListener;
  readonly #reader = new FrameReader();
  #line: Promise<unknown> = Promise.resolve();
  #waiting: Waiting | null = null;
  #gone: ViciError | null = null;

  private constructor(socket: Socket, onEvent: EventListener) {
    this.#socket = socket;
    this.#onEvent = onEvent;
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#end(new ViciError('closed', 'charon closed the connection.'));
        resolve();
      });
    });
    socket.on('error', (error) => {
      this.#end(new ViciError('closed', error.message));
    });
    socket.on('data', (bytes) => {
      this.#receive(bytes);
    });
  }

  /** Connects to charon's Unix socket. Rejects with ViciError `closed` when nobody listens there. */
  static open(path: string, onEvent: EventListener = () => undefined): Promise<ViciConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      const refuse = (error: Error) => {
        reject(new ViciError('closed', error.message));
      };
      socket.once('error', refuse);
      socket.once('connect', () => {
        socket.off('error', refuse);
        resolve(new ViciConnection(socket, onEvent));
      });
    });
  }

  /**
   * Runs a command. Rejects with `unknown` when charon has no such command, `refused` when it answers `success=no`
   * (with its errmsg), `closed` when the connection ends first.
   */
  async request(name: string, message: ViciMessage = new Map()): Promise<ViciMessage> {
    const packet = await this.#exchange({ type: 'request', name, message }, ['response', 'unknown-command']);
    if (packet.type !== 'response') throw new ViciError('unknown', `charon has no command ${name}.`);
    const success = packet.message.get('success');
    if (success instanceof Uint8Array && Buffer.from(success).toString() === 'no') {
      const reason = packet.message.get('errmsg');
      throw new ViciError(
        'refused',
        reason instanceof Uint8Array ? Buffer.from(reason).toString() : `${name} failed`,
      );
    }
    return packet.message;
  }

  /** Asks for an event. Rejects with `unknown` when charon has no such event. */
  async register(name: string): Promise<void> {
    const packet = await this.#exchange({ type: 'register', name }, ['confirm', 'unknown-event']);
    if (packet.type !== 'confirm') throw new ViciError('unknown', `charon has no event ${name}.`);
  }

  async unregister(name: string): Promise<void> {
    await this.#exchange({ type: 'unregister', name }, ['confirm', 'unknown-event']);
  }

  close(): void {
    this.#end(new ViciError('closed', 'The connection was closed here.'));
  }

  #exchange(packet: ViciPacket, answers: Waiting['answers']): Promise<ViciPacket> {
    const turn = async () => {
      if (this.#gone) throw this.#gone;
      const bytes = frame(encodePacket(packet));
      return await new Promise<ViciPacket>((resolve, reject) => {
        this.#waiting = { answers, resolve, reject };
        this.#socket.write(bytes);
      });
    };
    const answer = this.#line.then(turn);
    this.#line = answer.catch(() => undefined);
    return answer;
  }

  #receive(bytes: Uint8Array): void {
    try {
      for (const segment of this.#reader.push(bytes)) this.#take(decodePacket(segment));
    } catch (error) {
      this.#end(error instanceof ViciError ? error : new ViciError('malformed', String(error)));
    }
  }

  #take(packet: ViciPacket): void {
    if (packet.type === 'event') {
      this.#onEvent(packet.name, packet.message);
      return;
    }
    const waiting = this.#waiting;
    if (!waiting?.answers.includes(packet.type)) {
      throw new ViciError('malformed', `charon sent a ${packet.type} packet that answers nothing.`);
    }
    this.#waiting = null;
    waiting.resolve(packet);
  }

  #end(error: ViciError): void {
    this.#gone ??= error;
    this.#waiting?.reject(this.#gone);
    this.#waiting = null;
    this.#socket.destroy();
  }
}
