import type { FromAgent, ListeningPort } from '../../contract/agentProtocol.ts';
import type { Clock } from '../ipsec/clock.ts';
import type { Log } from '../log.ts';
import { createDeclaredPorts } from './declaredPorts.ts';
import { createListeningPorts } from './listeningPorts.ts';
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

/** Looking costs two small files and two stats. A row has to appear within two seconds of the port. Milliseconds. */
const lookMs = 750;

/** Reports this replica's ports, as they are and as they are declared, on every change, and opens connections to them. */
export function createPorts(options: PortsOptions): Ports {
  const { send, clock } = options;
  const listening = createListeningPorts(options.ownPid === undefined ? {} : { ownPid: options.ownPid });
  const declared = createDeclaredPorts(options.folder);
  let ports: readonly ListeningPort[] = [];
  const said = new Map<FromAgent['type'], { message: FromAgent; text: string }>();
  const looks = new Map<() => Promise<void>, () => void>();
  let closed = false;

  const say = (message: FromAgent): void => {
    const text = JSON.stringify(message);
    if (said.get(message.type)?.text === text) return;
    said.set(message.type, { message, text });
    send(message);
  };
  const lookAtListening = async (): Promise<void> => {
    const found = await listening.look();
    ports = found;
    say({ type: 'ports', ports: found });
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
    listensOn: (port) => ports.find((entry) => entry.port === port)?.address ?? null,
    lookAgain: lookAtListening,
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
