import { ViciConnection } from './connection.ts';
import { ViciError } from './error.ts';
import type { ViciMessage } from './message.ts';
import { readIkeSas, type IkeSa } from './sas.ts';
import { listAt, messageOf, numberAt, textAt, type ViciObject } from './section.ts';

/**
 * A line of charon's log. `connection` is the connection it belongs to, null for what belongs to none; `sa` the number of
 * its IKE_SA, which grows from SA to SA.
 */
export type LogLine = { connection: string | null; sa: number; text: string };

export type SharedKey = { id: string; data: string; owners: readonly string[] };

export const readLogLine = (event: ViciMessage): LogLine => ({
  connection: textAt(event, 'ikesa-name'),
  // The log event misspells it (strongSwan 5.9, vici_logger.c).
  sa: numberAt(event, event.has('ikesa-uniqued') ? 'ikesa-uniqued' : 'ikesa-uniqueid'),
  text: textAt(event, 'msg') ?? '',
});

/** charon's commands that Culvert needs, typed. Everything rejects with ViciError only. */
export class ViciClient {
  readonly #connection: ViciConnection;
  readonly #streams: Map<string, (event: ViciMessage) => void>;
  /** Streaming commands wait for each other: their events carry no request id that would tell them apart. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(connection: ViciConnection, streams: Map<string, (event: ViciMessage) => void>) {
    this.#connection = connection;
    this.#streams = streams;
  }

  static async open(path: string): Promise<ViciClient> {
    const streams = new Map<string, (event: ViciMessage) => void>();
    const connection = await ViciConnection.open(path, (name, event) => streams.get(name)?.(event));
    return new ViciClient(connection, streams);
  }

  get closed(): Promise<void> {
    return this.#connection.closed;
  }

  close(): void {
    this.#connection.close();
  }

  /** charon's version, such as 5.9.8. */
  async version(): Promise<string> {
    return textAt(await this.#connection.request('version'), 'version') ?? '';
  }

  /** Listens to an event until the connection closes. */
  async listen(event: string, listener: (message: ViciMessage) => void): Promise<void> {
    this.#streams.set(event, listener);
    await this.#connection.register(event);
  }

  async loadShared({ id, data, owners }: SharedKey): Promise<void> {
    await this.#connection.request('load-shared', messageOf({ id, type: 'IKE', data, owners }));
  }

  async unloadShared(id: string): Promise<void> {
    await this.#connection.request('unload-shared', messageOf({ id }));
  }

  /** Ids of the loaded keys. */
  async sharedKeys(): Promise<string[]> {
    return listAt(await this.#connection.request('get-shared'), 'keys');
  }

  async loadConnection(name: string, settings: ViciObject): Promise<void> {
    await this.#connection.request('load-conn', messageOf({ [name]: settings }));
  }

  async unloadConnection(name: string): Promise<void> {
    await this.#connection.request('unload-conn', messageOf({ name }));
  }

  /** Names of the loaded connections. */
  async connections(): Promise<string[]> {
    return listAt(await this.#connection.request('get-conns'), 'conns');
  }

  async ikeSas(): Promise<IkeSa[]> {
    const found: IkeSa[] = [];
    await this.#streaming('list-sa', (event) => found.push(...readIkeSas(event)), 'list-sas', {});
    return found;
  }

  /**
   * Initiates one child and waits for the outcome, passing on the log of just this attempt. Resolves when it is
   * installed; rejects with `refused` when it isn't (the reason is in the log, not in the error).
   */
  async initiate(ike: string, child: string, onLog: (line: LogLine) => void): Promise<void> {
    await this.#streaming(
      'control-log',
      (event) => {
        onLog(readLogLine(event));
      },
      'initiate',
      {
        child,
        ike,
        timeout: '0',
        loglevel: '1',
      },
    );
  }

  /**
   * Ends all IKE_SAs of a connection, or those of its CHILD_SAs that have the name `child`; none to end is fine. `force`
   * doesn't wait for the peer's answer.
   */
  async terminate(
    ike: string,
    options: { child?: string; force: boolean; timeoutMs: number },
  ): Promise<void> {
    const request: ViciObject = {
      ike,
      child: options.child,
      timeout: String(options.timeoutMs),
      ...(options.force ? { force: 'yes' } : {}),
    };
    await this.#connection.request('terminate', messageOf(request)).catch((error: unknown) => {
      if (!(error instanceof ViciError && error.code === 'refused')) throw error;
    });
  }

  #streaming(
    event: string,
    listener: (event: ViciMessage) => void,
    command: string,
    request: ViciObject,
  ): Promise<void> {
    const run = async () => {
      await this.listen(event, listener);
      try {
        await this.#connection.request(command, messageOf(request));
      } finally {
        this.#streams.delete(event);
        await this.#connection.unregister(event).catch(() => undefined);
      }
    };
    const done = this.#turn.then(run);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
