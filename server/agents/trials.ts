import type { agentAbilities, DesiredVpn, FromAgent } from '../../contract/agentProtocol.ts';
import type { Clock } from '../deps.ts';
import { say, type Connection } from './connection.ts';

/** Milliseconds beyond the trial's own limit before the replica counts as silent: it takes everything down before it answers. */
const GRACE_MS = 4_000;

const ABILITY = 'try' satisfies (typeof agentAbilities)[number];

/** Holds the pre-shared key, like every DesiredVpn. */
export type TrialRequest = { id: string; vpn: DesiredVpn; timeoutMs: number };

/**
 * outdated: its agent knows no trials · busy: it tries something else · silent: it didn't answer in time · lost: its
 * connection ended before it answered · stopped: whoever asked doesn't want to know any more.
 */
export type TrialAnswer =
  | { kind: 'tried'; tried: Extract<FromAgent, { type: 'tried' }> }
  | { kind: 'offline' | 'outdated' | 'busy' | 'silent' | 'lost' | 'stopped' };

/** Trials that replicas are busy with, one each. */
export type Trials = {
  /** Always resolves. `signal` stops the trial. */
  run(connection: Connection | undefined, request: TrialRequest, signal: AbortSignal): Promise<TrialAnswer>;
  settle(connection: Connection, message: Extract<FromAgent, { type: 'tried' }>): void;
  /** The connection ended, and with it whatever ran over it. */
  lost(connection: Connection): void;
};

export function createTrials(clock: Clock): Trials {
  const running = new Map<Connection, { id: string; settle: (answer: TrialAnswer) => void }>();

  return {
    run(connection, { id, vpn, timeoutMs }, signal) {
      const refuse = (kind: Exclude<TrialAnswer['kind'], 'tried'>) => Promise.resolve({ kind });
      if (!connection) return refuse('offline');
      if (!connection.abilities.has(ABILITY)) return refuse('outdated');
      if (running.has(connection)) return refuse('busy');
      if (signal.aborted) return refuse('stopped');
      return new Promise((resolve) => {
        const stop = () => {
          say(connection, { type: 'stop-trying', id });
          settle({ kind: 'stopped' });
        };
        const cancel = clock.after(timeoutMs + GRACE_MS, () => {
          say(connection, { type: 'stop-trying', id });
          settle({ kind: 'silent' });
        });
        const settle = (answer: TrialAnswer) => {
          cancel();
          signal.removeEventListener('abort', stop);
          running.delete(connection);
          resolve(answer);
        };
        running.set(connection, { id, settle });
        signal.addEventListener('abort', stop);
        say(connection, { type: 'try', id, vpn, timeoutMs });
      });
    },
    settle(connection, tried) {
      const trial = running.get(connection);
      if (trial?.id !== tried.id) return;
      trial.settle(tried.outcome === 'busy' ? { kind: 'busy' } : { kind: 'tried', tried });
    },
    lost(connection) {
      running.get(connection)?.settle({ kind: 'lost' });
    },
  };
}
