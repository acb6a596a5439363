import type { FromAgent } from '../../contract/agentProtocol.ts';
import { say, type Connection } from './connection.ts';

/** Why an agent couldn’t connect to the port. */
export type StreamRefusal = Extract<FromAgent, { type: 'stream-refused' }>['code'];

/** Who waits for a stream, and later uses it. Only one of the two is called, once. */
export type StreamWatch = {
  refused(code: StreamRefusal): void;
  /** The control connection ended: nothing comes over its streams any more that could be trusted to be whole. */
  connectionEnded(): void;
};

/** A stream that an agent was asked for. */
export type AskedStream = {
  /** Whose join token has to come with the dial-back. */
  workspaceId: string;
  /** Forgets the stream: nobody waits for it or uses it any more. */
  done(): void;
};

/** Streams that agents were asked for, until they are done. Carries no bytes: the transport does. */
export type Streams = {
  /** Null where the replica isn’t connected. */
  open(
    connection: Connection | undefined,
    request: { stream: string; port: number },
    watch: StreamWatch,
  ): AskedStream | null;
  refused(connection: Connection, message: { stream: string; code: StreamRefusal }): void;
  /** The connection ended, and with it every stream of it. */
  lost(connection: Connection): void;
};

export function createStreams(): Streams {
  const asked = new Map<Connection, Map<string, StreamWatch>>();

  return {
    open(connection, { stream, port }, watch) {
      if (!connection || connection.ended) return null;
      const mine = asked.get(connection) ?? new Map<string, StreamWatch>();
      asked.set(connection, mine);
      mine.set(stream, watch);
      say(connection, { type: 'open', stream, port });
      return {
        workspaceId: connection.access.workspaceId,
        done() {
          mine.delete(stream);
          if (mine.size === 0 && asked.get(connection) === mine) asked.delete(connection);
        },
      };
    },
    refused(connection, { stream, code }) {
      const mine = asked.get(connection);
      const watch = mine?.get(stream);
      mine?.delete(stream);
      watch?.refused(code);
    },
    lost(connection) {
      const mine = asked.get(connection);
      asked.delete(connection);
      for (const watch of mine?.values() ?? []) watch.connectionEnded();
    },
  };
}
