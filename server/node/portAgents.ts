import { Agent, type AgentOptions, type ClientRequest, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import type { PortProtocol } from '../../contract/ports.ts';
import type { AgentHub } from '../agents/hub.ts';
import { portLimits } from './portLimits.ts';
import { speaksHttp, speaksTls, tlsOver } from './portProtocol.ts';
import type { ReplicaStreams } from './replicaStreams.ts';

type Created = (error: Error | null, stream: Duplex) => void;
type Unused = { since: number; drop: () => void; gone: () => void; timer: NodeJS.Timeout };

/**
 * The connections to one port of one replica, kept open between requests. It belongs to one connection of the replica:
 * what was opened for one replica can’t serve another.
 */
export class PortAgent extends Agent {
  readonly #open: () => Promise<Duplex>;
  readonly #protocol: PortProtocol;
  readonly #unused = new Map<Duplex, Unused>();
  #speaksOther: Promise<boolean> | null = null;
  /** Something on this port has answered in the port’s protocol. */
  #proven = false;
  #unusedMs: number = portLimits.unusedMs;

  constructor(open: () => Promise<Duplex>, protocol: PortProtocol) {
    const options: AgentOptions = { keepAlive: true, maxFreeSockets: portLimits.unused, scheduling: 'lifo' };
    super(options);
    this.#open = open;
    this.#protocol = protocol;
  }

  /** Every connection of this agent leads to the same port: nothing of a request says which one it needs. */
  override getName(): string {
    return '';
  }

  override createConnection(_options: unknown, done?: Created): undefined {
    void this.#create(done);
  }

  async #create(done: Created | undefined): Promise<void> {
    let stream: Duplex;
    try {
      const opened = await this.#open();
      stream = this.#protocol === 'https' ? await tlsOver(opened) : opened;
    } catch (error) {
      // With an error, the stream beside it is for the type alone.
      return done?.(error instanceof Error ? error : new Error(String(error)), new Duplex());
    }
    done?.(null, stream);
  }

  /** Keeps an unused connection for a while, and only as long as it stays silent: an answer nobody asked for is nobody’s. */
  override keepSocketAlive(stream: Duplex): boolean {
    if (this.#unusedMs === 0) return false;
    const drop = () => void stream.destroy();
    const gone = () => this.#use(stream);
    const timer = setTimeout(drop, this.#unusedMs).unref();
    this.#unused.set(stream, { since: performance.now(), drop, gone, timer });
    stream.on('data', drop);
    stream.once('close', gone);
    return true;
  }

  override reuseSocket(stream: Duplex, request: ClientRequest): void {
    this.#use(stream);
    super.reuseSocket(stream, request);
  }

  #use(stream: Duplex): void {
    const unused = this.#unused.get(stream);
    if (!unused) return;
    this.#unused.delete(stream);
    clearTimeout(unused.timer);
    stream.off('data', unused.drop);
    stream.off('close', unused.gone);
  }

  get proven(): boolean {
    return this.#proven;
  }

  /** The app has answered in the port’s protocol, and may have said for how long it keeps unused connections. */
  answered({ headers }: IncomingMessage): void {
    this.#proven = true;
    const seconds = /(?:^|[\s,])timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1];
    if (seconds === undefined) return;
    // A second earlier than the app: what is sent as it hangs up is lost.
    this.#unusedMs = Math.min(portLimits.unusedMs, Math.max(0, Number(seconds) * 1000 - 1000));
  }

  /** Ends connections that have been unused for so many milliseconds. */
  dropUnused(ms: number): void {
    const now = performance.now();
    for (const { since, drop } of this.#unused.values()) if (now - since >= ms) drop();
  }

  /** Whether the port speaks the protocol that it isn’t set to. Asks it, over a connection of its own. */
  async speaksOther(): Promise<boolean> {
    if (this.#proven) return false;
    this.#speaksOther ??= (this.#protocol === 'http' ? speaksTls : speaksHttp)(this.#open).finally(() => {
      this.#speaksOther = null;
    });
    return await this.#speaksOther;
  }
}

export type PortAgents = {
  /** Null where the replica isn’t connected. */
  of(replicaId: string, port: number, protocol: PortProtocol): PortAgent | null;
  close(): void;
};

export function createPortAgents(hub: Pick<AgentHub, 'connectionOf'>, streams: ReplicaStreams): PortAgents {
  const known = new Map<string, { replicaId: string; connection: string; agent: PortAgent }>();

  const forgetEnded = () => {
    for (const [key, { replicaId, connection, agent }] of known) {
      if (hub.connectionOf(replicaId) === connection) continue;
      agent.destroy();
      known.delete(key);
    }
  };

  return {
    of(replicaId, port, protocol) {
      const connection = hub.connectionOf(replicaId);
      if (connection === null) return null;
      const key = `${connection} ${port} ${protocol}`;
      const found = known.get(key);
      if (found) return found.agent;
      forgetEnded();
      const agent = new PortAgent(() => streams.open(replicaId, port), protocol);
      known.set(key, { replicaId, connection, agent });
      return agent;
    },
    close() {
      for (const { agent } of known.values()) agent.destroy();
      known.clear();
    },
  };
}
