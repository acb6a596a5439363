import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { frame, FrameReader } from './vici/framing.ts';
import type { ViciMessage } from './vici/message.ts';
import { decodePacket, encodePacket, type ViciPacket } from './vici/packet.ts';
import { listAt, messageOf, sectionsOf, textAt, type ViciObject } from './vici/section.ts';

/** Answers VICI as charon does, with outcomes that the test chooses, and remembers what it was told. */
export class FakeCharon {
  readonly socket: string;
  /** Commands that change something, in order: `load-conn vpn_a`. */
  readonly told: string[] = [];
  /** What comes of the next attempts: the log line of a failure, or null for success. */
  outcome: (connection: string, child: string) => string | null = () => null;
  /** Whether attempts wait for a gateway that doesn't answer, until they are ended. */
  waits: (connection: string) => boolean = () => false;
  readonly #waiting = new Map<string, () => void>();
  readonly #folder: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Those that the log goes to. */
  readonly #listening = new Set<Socket>();
  readonly #connections = new Map<string, ViciMessage>();
  readonly #keys = new Set<string>();
  readonly #up = new Map<string, UpSa>();
  #newest = 0;

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'culvert-fake-'));
    this.socket = join(this.#folder, 'vici');
    this.#server = createServer((socket) => {
      const reader = new FrameReader();
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        for (const segment of reader.push(bytes)) this.#answer(decodePacket(segment), socket);
      });
    });
  }

  static async start(): Promise<FakeCharon> {
    const charon = new FakeCharon();
    await new Promise<void>((resolve) => charon.#server.listen(charon.socket, resolve));
    return charon;
  }

  /** Bytes that went through the CHILD_SAs of a connection. */
  traffic: (connection: string) => { in: number; out: number } = () => ({ in: 0, out: 0 });
  /** What the gateway gives as a virtual IP; by default what was asked for, or 10.200.0.1. */
  assign: (asked: string) => string = (asked) => (asked === '0.0.0.0' ? '10.200.0.1' : asked);

  /** Connections that are loaded, and those that are up, with their children. */
  get state(): { loaded: string[]; keys: string[]; up: string[] } {
    const up = [...this.#up].flatMap(([name, { children }]) =>
      [...children.keys()].map((child) => `${name} ${child}`),
    );
    return { loaded: [...this.#connections.keys()], keys: [...this.#keys], up };
  }

  /** What is up goes; charon's log says why. */
  drop(connection: string, ...why: string[]): void {
    this.#up.delete(connection);
    for (const text of why) {
      const event = { type: 'event' as const, name: 'log', message: this.#logLine(connection, text) };
      for (const socket of this.#listening) socket.write(frame(encodePacket(event)));
    }
  }

  /** Connections break; the fake lives on. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.hangUp();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #answer(packet: ViciPacket, socket: Socket): void {
    const send = (answer: ViciPacket) => socket.write(frame(encodePacket(answer)));
    const respond = (answer: ViciObject) => send({ type: 'response', message: messageOf(answer) });
    if (packet.type === 'register' && packet.name === 'log') this.#listening.add(socket);
    if (packet.type === 'register' || packet.type === 'unregister') send({ type: 'confirm' });
    if (packet.type !== 'request') return;
    const { name, message } = packet;
    if (name === 'list-sas') {
      for (const [connection, up] of this.#up) {
        send({
          type: 'event',
          name: 'list-sa',
          message: messageOf({ [connection]: this.#sa(connection, up) }),
        });
      }
      respond({});
    } else if (name === 'get-conns') respond({ conns: [...this.#connections.keys()] });
    else if (name === 'version') respond({ version: '5.9.8' });
    else if (name === 'get-shared') respond({ keys: [...this.#keys] });
    else if (name === 'initiate') this.#initiate(message, send, respond);
    else this.#change(name, message, respond);
  }

  #initiate(
    message: ViciMessage,
    send: (packet: ViciPacket) => void,
    respond: (answer: ViciObject) => void,
  ): void {
    const ike = textAt(message, 'ike') ?? '';
    const child = textAt(message, 'child') ?? '';
    this.told.push(`initiate ${ike} ${child}`);
    this.#newest += 1;
    if (this.waits(ike)) {
      this.#waiting.set(ike, () => respond({ success: 'no', errmsg: 'failed' }));
      return;
    }
    const failure = this.outcome(ike, child);
    if (failure === null) {
      const up = this.#up.get(ike) ?? {
        uniqueId: this.#newest,
        virtualIp: this.#assigned(ike),
        children: new Map(),
      };
      up.children.set(child, this.#newest);
      this.#up.set(ike, up);
    }
    const line = this.#logLine(ike, failure ?? `CHILD_SA ${child}{1} established with SPIs`);
    send({ type: 'event', name: 'control-log', message: line });
    respond(failure === null ? { success: 'yes' } : { success: 'no', errmsg: 'failed' });
  }

  #logLine(connection: string, msg: string): ViciMessage {
    const id = String(this.#newest);
    return messageOf({ group: 'IKE', level: '1', 'ikesa-name': connection, 'ikesa-uniqueid': id, msg });
  }

  #change(name: string, message: ViciMessage, respond: (answer: ViciObject) => void): void {
    const subject =
      textAt(message, 'name') ??
      textAt(message, 'id') ??
      textAt(message, 'ike') ??
      sectionsOf(message)[0]?.[0] ??
      '';
    if (name === 'terminate') {
      this.#waiting.get(subject)?.();
      this.#waiting.delete(subject);
    }
    const known = { 'unload-conn': this.#connections, 'unload-shared': this.#keys, terminate: this.#up }[
      name
    ];
    if (known && !known.has(subject)) {
      respond({ success: 'no', errmsg: 'not found' });
      return;
    }
    const child = textAt(message, 'child');
    this.told.push([name, subject, ...(child === null ? [] : [child])].join(' '));
    if (child === null) known?.delete(subject);
    else this.#up.get(subject)?.children.delete(child);
    if (name === 'load-conn') this.#connections.set(subject, message);
    if (name === 'load-shared') this.#keys.add(subject);
    respond({ success: 'yes' });
  }

  #assigned(connection: string): string {
    const section = sectionsOf(this.#connections.get(connection) ?? new Map())[0]?.[1] ?? new Map();
    return this.assign(listAt(section, 'vips')[0] ?? '0.0.0.0');
  }

  #sa(connection: string, { uniqueId, virtualIp, children }: UpSa): ViciObject {
    const traffic = this.traffic(connection);
    return {
      uniqueid: String(uniqueId),
      state: 'ESTABLISHED',
      established: '5',
      'local-vips': [virtualIp],
      'child-sas': Object.fromEntries(
        [...children].map(([name, id]) => [
          `${name}-${id}`,
          {
            name,
            uniqueid: String(id),
            state: 'INSTALLED',
            'remote-ts': ['10.250.0.0/24'],
            'bytes-in': String(traffic.in),
            'bytes-out': String(traffic.out),
          },
        ]),
      ),
    };
  }
}

type UpSa = { uniqueId: number; virtualIp: string; children: Map<string, number> };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  #tasks = new Set<{ at: number; task: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.#now + ms, task };
    this.#tasks.add(entry);
    return () => {
      this.#tasks.delete(entry);
    };
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const entry of [...this.#tasks].filter(({ at }) => at <= this.#now)) {
      this.#tasks.delete(entry);
      entry.task();
    }
  }
}
