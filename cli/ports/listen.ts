import { createServer, type Server, type Socket } from 'node:net';
import { portConnectPath } from '../../contract/portConnection.ts';
import { refusalOf } from '../apiErrors.ts';
import { CliError } from '../cliError.ts';
import type { Connection } from '../connection.ts';
import { exitCodes } from '../exitCodes.ts';
import { carry, type CarryEnd } from './carry.ts';
import type { PortPair } from './portPair.ts';

/** Loopback alone: whoever else could connect here would come in as the person who is signed in. */
const HOST = '127.0.0.1';

export type LocalAddress = { port: number; host: string; local: number };

type Listening = {
  addresses: LocalAddress[];
  /** Rejects with the CliError that ended it, or with the signal’s reason. Nothing listens any more then. */
  ended: Promise<never>;
};

/**
 * Listens on this machine for ports of a workspace. Each connection is one to the port, decided upon by itself; what is open
 * and what comes later ends when the server says that access has.
 *
 * @throws CliError where it can’t listen; nothing listens then
 */
export async function listen(options: {
  connection: Connection;
  workspace: string;
  pairs: readonly PortPair[];
  say: (text: string) => void;
  signal: AbortSignal;
}): Promise<Listening> {
  const { connection, workspace, pairs, say, signal } = options;
  const closing = new AbortController();
  const ended = Promise.withResolvers<never>();
  // Whoever started it waits for it later, or never.
  ended.promise.catch(() => undefined);
  const servers: Server[] = [];
  const close = (why: unknown): void => {
    for (const server of servers) server.close();
    closing.abort();
    ended.reject(why);
  };
  const tell = sayOnce(say);

  const receive = async (socket: Socket, port: number): Promise<void> => {
    const url = new URL(portConnectPath(connection.team.id, workspace, port), connection.server);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const end = await carry(socket, { url, token: connection.token, signal: closing.signal });
    const outcome = await outcomeOf(end, `port ${port} of ${workspace}`, connection.server);
    if (closing.signal.aborted || outcome === null) return;
    if (outcome.final) close(outcome.error);
    else tell(outcome.error.message);
  };

  try {
    const addresses: LocalAddress[] = [];
    for (const { port, local } of pairs) {
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        void receive(socket, port);
      });
      servers.push(server);
      addresses.push({ port, host: HOST, local: await listenOn(server, port, local) });
    }
    signal.throwIfAborted();
    signal.addEventListener('abort', () => close(signal.reason), { once: true });
    return { addresses, ended: ended.promise };
  } catch (error) {
    close(error);
    throw error;
  }
}

type Outcome = { final: boolean; error: CliError } | null;

/** What is to be said of a connection’s end; `final` where no other connection would fare better. */
async function outcomeOf(end: CarryEnd, what: string, server: string): Promise<Outcome> {
  switch (end.kind) {
    case 'ended':
      return null;
    case 'access-ended':
      return { final: true, error: accessEnded(what) };
    case 'lost':
      return { final: false, error: new CliError(`A connection to ${what} was lost: ${end.reason}.`) };
    case 'refused': {
      // It was reached before, so that it isn’t there for this token any more.
      if (end.status === 404) return { final: true, error: accessEnded(what) };
      const error = await refusalOf(server, new Response(end.problem, { status: statusOf(end.status) }));
      return { final: end.status === 401 || end.status === 403, error };
    }
  }
}

const accessEnded = (what: string) =>
  new CliError(`You may not reach ${what} any more.`, {
    exit: exitCodes.forbidden,
    code: 'access_ended',
    advice:
      'It was made private or stopped, or your token was revoked: culvert status says who you are signed in as.',
  });

/** A Response takes none but these. */
const statusOf = (status: number): number => (status >= 200 && status <= 599 ? status : 502);

function listenOn(server: Server, port: number, local: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, local)));
    server.listen(local, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : local);
    });
  });
}

function listenError(error: NodeJS.ErrnoException, port: number, local: number): CliError {
  const advice = `Choose another port here: culvert ports forward ${port}:${port < 10_000 ? port + 10_000 : 0}`;
  if (error.code === 'EADDRINUSE') {
    return new CliError(`Another program listens on ${HOST}:${local}.`, { code: 'port_in_use', advice });
  }
  if (error.code === 'EACCES') {
    return new CliError(`Ports below 1024 are for root: ${HOST}:${local} can’t be opened.`, {
      code: 'port_denied',
      advice,
    });
  }
  return new CliError(`${HOST}:${local} can’t be opened: ${error.message}.`);
}

/** A browser that tries again and again has the same to hear each time. */
function sayOnce(say: (text: string) => void): (text: string) => void {
  let last = '';
  return (text) => {
    if (text !== last) say(text);
    last = text;
  };
}
