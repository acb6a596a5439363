import type { Clock } from './clock.ts';
import type { ProcessIdentity } from './processIdentity.ts';
import { readLogLine, ViciClient, type LogLine } from './vici/client.ts';
import type { IkeSa } from './vici/sas.ts';

const POLL_MS = 2000;
/** charon raises the event while it still takes the SA apart. */
const AFTER_EVENT_MS = 30;

/** One life of charon, as long as it answers: what tunnels work with. */
export type Session = {
  client: ViciClient;
  /** The TUN interface that traffic takes; null with the kernel's ESP. */
  tunInterface: string | null;
  /** Whether traffic goes into what is set up here; else it is set up to be seen alone, and nothing on the machine changes. */
  carriesTraffic: boolean;
  /** Resolves when charon is gone, or the session was closed. */
  closed: Promise<void>;
  /** Another connection, for a command that takes long. */
  open(): Promise<ViciClient>;
  /** Calls `listener` with every line of charon's log, oldest first. Returns the unsubscribe function. */
  onLog(listener: (line: LogLine) => void): () => void;
  /** Calls `listener` with all IKE_SAs, every two seconds and whenever one comes up or goes down. */
  onSas(listener: (sas: readonly IkeSa[]) => void): () => void;
  /** All IKE_SAs as they are now; listeners get them too. */
  refresh(): Promise<readonly IkeSa[]>;
  /** Resolves once listeners have what charon has logged so far: it comes on another connection than the SAs. */
  heard(): Promise<void>;
  close(): void;
};

type SessionOptions = {
  socket: string;
  process: ProcessIdentity;
  tunInterface: string | null;
  carriesTraffic?: boolean;
  clock: Clock;
};

/** Calls both listeners until the returned function is called. */
export function listen(
  session: Session,
  onLog: (line: LogLine) => void,
  onSas: (sas: readonly IkeSa[]) => void,
): () => void {
  const ends = [session.onLog(onLog), session.onSas(onSas)];
  return () => {
    for (const end of ends) end();
  };
}

/** Connects to a charon that runs. Rejects with ViciError when it doesn't answer. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { socket, tunInterface, carriesTraffic = true, clock } = options;
  const client = await ViciClient.open(socket);
  const events = await ViciClient.open(socket);
  const logListeners = new Set<(line: LogLine) => void>();
  const saListeners = new Set<(sas: readonly IkeSa[]) => void>();
  let cancelPoll = () => {};
  let open = true;

  const refresh = async () => {
    const sas = await client.ikeSas();
    for (const listener of saListeners) listener(sas);
    return sas;
  };
  const pollAfter = (ms: number) => {
    cancelPoll();
    cancelPoll = clock.after(ms, () => {
      if (!open) return;
      pollAfter(POLL_MS);
      // When charon is gone, `closed` says so.
      refresh().catch(() => undefined);
    });
  };

  await events.listen('log', (event) => {
    const line = readLogLine(event);
    for (const listener of logListeners) listener(line);
  });
  for (const event of ['ike-updown', 'child-updown']) {
    await events.listen(event, () => {
      pollAfter(AFTER_EVENT_MS);
    });
  }
  pollAfter(0);

  const close = () => {
    open = false;
    cancelPoll();
    client.close();
    events.close();
  };
  return {
    client,
    tunInterface,
    carriesTraffic,
    closed: Promise.race([client.closed, events.closed]).then(close),
    open: () => ViciClient.open(socket),
    onLog: (listener) => subscribe(logListeners, listener),
    onSas: (listener) => subscribe(saListeners, listener),
    refresh,
    heard: async () => {
      // What it answers comes after the events before.
      await events.version();
    },
    close,
  };
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
