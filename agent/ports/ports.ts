import type { FromAgent, ListeningPort } from '../../contract/agentProtocol.ts';
import { isLoopbackHost } from '../../contract/loopbackHost.ts';
import type { Clock } from '../ipsec/clock.ts';
import type { Log } from '../log.ts';
import { createDeclaredPorts } from './declaredPorts.ts';
import { createListeningPorts, onePerPort } from './listeningPorts.ts';
import { readListeners } from './procNetTcp.ts';
import type { Listener } from './procNetTcp.ts';
import { createStreams } from './streams.ts';
import type { OpenStream } from './streams.ts';

export type Ports = {
  /** Says everything that is known, after the welcome. */
  sayAll(): void;
  open(order: OpenStream): void;
  /** The control connection is gone, and what was opened over it with it. */
  disconnected(): void;
  close(): void;
};

export type PortsOptions = {
  /** Whose devcontainer.json counts. */
  folder: string;
  /** The server's address, http or https. */
  server: URL;
  token: () => string;
  send: (message: FromAgent) => void;
  log: Log;
  clock: Clock;
  /** Whose ports are left out; this process unless a test says otherwise. */
  ownPid?: number;
};

/** A look costs two files of the kernel's and two stats, some milliseconds. A row has to appear within two seconds of the port. Milliseconds. */
const lookMs = 750;
/** Between looks for the sake of connections to ports that aren't known to listen: anybody can ask for many at once. */
const againMs = 250;

/** Reports this replica's ports, as they are and as they are declared, on every change, and opens connections to them. */
export function createPorts(options: PortsOptions): Ports {
  const { send, clock } = options;
  const listening = createListeningPorts({
    serverPort: portHere(options.server),
    ...(options.ownPid === undefined ? {} : { ownPid: options.ownPid }),
  });
  const declared = createDeclaredPorts(options.folder);
  let known: readonly ListeningPort[] = [];
  const said = new Map<FromAgent['type'], { message: FromAgent; text: string }>();
  const looks = new Map<() => Promise<void>, () => void>();
  let looked: { at: number; listeners: Listener[] } = { at: -Infinity, listeners: [] };
  let closed = false;

  const say = (message: FromAgent): void => {
    const text = JSON.stringify(message);
    if (said.get(message.type)?.text === text) return;
    said.set(message.type, { message, text });
    send(message);
  };
  const lookAtListening = async (): Promise<void> => {
    const ports = await listening.look();
    known = ports;
    say({ type: 'ports', ports });
  };
  const lookAtDeclared = async (): Promise<void> => say(await declared.look());
  /** Each by itself: a folder on a server that doesn't answer must not hold up the ports. */
  const keepLooking = async (look: () => Promise<void>): Promise<void> => {
    await look();
    if (closed) return;
    const cancel = clock.after(lookMs, () => void keepLooking(look));
    looks.set(look, cancel);
  };

  const streams = createStreams({
    ...options,
    knownOn: (port) => addressIn(known, port),
    listensOn: (port) => {
      if (clock.now() - looked.at >= againMs)
        looked = { at: clock.now(), listeners: onePerPort(readListeners()) };
      return addressIn(looked.listeners, port);
    },
  });
  void keepLooking(lookAtListening);
  void keepLooking(lookAtDeclared);

  return {
    sayAll: () => {
      for (const { message } of said.values()) send(message);
    },
    open: streams.open,
    disconnected: streams.endAll,
    close: () => {
      closed = true;
      for (const cancel of looks.values()) cancel();
      streams.endAll();
    },
  };
}

const addressIn = (ports: readonly { port: number; address: string }[], wanted: number): string | null =>
  ports.find(({ port }) => port === wanted)?.address ?? null;

/** The server's port where the server, or a way to it, is on this machine: forwarded, it would lead back to itself. */
const portHere = ({ hostname, port, protocol }: URL): number | null =>
  isLoopbackHost(hostname) ? Number(port) || (protocol === 'https:' ? 443 : 80) : null;
