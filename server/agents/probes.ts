import type { FromAgent } from '../../contract/agentProtocol.ts';
import type { Clock } from '../deps.ts';
import { say, type Connection } from './connection.ts';

/** Milliseconds beyond the probe's own limit before the replica counts as silent. */
const GRACE_MS = 2_000;

export type ProbeRequest = {
  id: string;
  vpnId: string;
  address: string;
  port: number | null;
  timeoutMs: number;
};

export type ProbeOutcome = {
  state: 'succeeded' | 'failed';
  code: string | null;
  message: string;
  roundTripMs: number | null;
};

const failed = (code: string, message: string): ProbeOutcome => ({
  state: 'failed',
  code,
  message,
  roundTripMs: null,
});

const offline = () => failed('offline', 'The replica isn’t connected to the server.');

/** Verifications that replicas are busy with. */
export type Probes = {
  /** Always resolves: with what the replica found, or with why it couldn't say. */
  run(connection: Connection | undefined, request: ProbeRequest): Promise<ProbeOutcome>;
  settle(connection: Connection, message: Extract<FromAgent, { type: 'verified' }>): void;
  /** The connection ended, and with it whatever ran over it. */
  lost(connection: Connection): void;
};

export function createProbes(clock: Clock): Probes {
  const running = new Map<Connection, Map<string, (outcome: ProbeOutcome) => void>>();

  return {
    run(connection, { timeoutMs, ...request }) {
      if (!connection) return Promise.resolve(offline());
      const mine = running.get(connection) ?? new Map<string, (outcome: ProbeOutcome) => void>();
      running.set(connection, mine);
      return new Promise((resolve) => {
        const cancel = clock.after(timeoutMs + GRACE_MS, () => {
          mine.delete(request.id);
          resolve(failed('timeout', 'The replica didn’t answer in time.'));
        });
        mine.set(request.id, (outcome) => {
          cancel();
          mine.delete(request.id);
          resolve(outcome);
        });
        say(connection, { type: 'verify', timeoutMs, ...request });
      });
    },
    settle(connection, { id, state, code, message, roundTripMs }) {
      running.get(connection)?.get(id)?.({ state, code, message, roundTripMs });
    },
    lost(connection) {
      for (const settle of running.get(connection)?.values() ?? []) settle(offline());
      running.delete(connection);
    },
  };
}
