import { agentClose } from '../../contract/agentProtocol.ts';
import { say, type Connection } from './connection.ts';
import { loadDesired } from './desired.ts';
import type { HubDeps } from './hub.ts';

/** How many replicas are looked up at once. */
const BATCH = 500;
/** Milliseconds until the next try where the database failed. */
const RETRY_MS = 2_000;

/** Sends `desired` to the replicas that are marked. */
export type DesiredSync = {
  mark(replicaIds: Iterable<string>): void;
  /** Resolves when nothing is marked any more, or a retry is waiting. */
  idle(): Promise<void>;
  stop(): void;
};

/**
 * One loop for all replicas: what it sends was read after the mark that made it read, and a later read is sent later. So a
 * replica never gets an older state after a newer one, however many changes come at once.
 */
export function createDesiredSync(
  { db, secretBox, clock, log }: HubDeps,
  online: ReadonlyMap<string, Connection>,
  end: (connection: Connection, code: number, reason: string) => void,
): DesiredSync {
  const marked = new Set<string>();
  let running: Promise<void> | null = null;
  let cancelRetry: (() => void) | null = null;
  let stopped = false;

  async function send(replicaIds: string[]): Promise<void> {
    const desired = await loadDesired(db, secretBox, replicaIds);
    for (const id of replicaIds) {
      const connection = online.get(id);
      if (!connection) continue;
      const wanted = desired.get(id);
      if (!wanted) {
        // Its row went while it was connecting, too late for whoever removed it to see this connection.
        end(connection, agentClose.removed, 'The replica was removed.');
      } else if (wanted.ok) {
        const { vpns, changes } = wanted;
        say(connection, { type: 'desired', vpns, ...(changes.length === 0 ? {} : { changes }) });
      } else {
        // Saying nothing leaves its tunnels as they are; a list without this VPN would take them down.
        log.error(
          { replica: id, vpn: wanted.unreadableVpnId },
          'The pre-shared key of a VPN can’t be opened: was the secret key changed? The replica keeps what it has',
        );
      }
    }
  }

  async function run(): Promise<void> {
    while (marked.size > 0 && !stopped) {
      const batch = [...marked].slice(0, BATCH);
      for (const id of batch) marked.delete(id);
      try {
        await send(batch);
      } catch (error) {
        log.error(
          { err: error, replicas: batch.length },
          'Could not tell replicas what they should do; trying again',
        );
        for (const id of batch) marked.add(id);
        cancelRetry ??= clock.after(RETRY_MS, () => {
          cancelRetry = null;
          start();
        });
        return;
      }
    }
  }

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      // Marked between the loop's last look and here.
      if (marked.size > 0 && !cancelRetry && !stopped) start();
    });
  }

  return {
    mark(replicaIds) {
      for (const id of replicaIds) if (online.has(id)) marked.add(id);
      if (marked.size > 0 && !cancelRetry && !stopped) start();
    },
    async idle() {
      while (running) await running;
    },
    stop() {
      stopped = true;
      cancelRetry?.();
    },
  };
}
