import type { RolloutRow } from '../db/underWay.ts';
import type { Deps } from '../deps.ts';
import { triedVpnId, type ReplicaFacts } from './facts.ts';

/** Milliseconds that a replica has for its ping or connect. */
const PROBE_MS = 5_000;
/** Milliseconds until it is asked again where the check wasn't answered. */
const AGAIN_MS = 2_000;

/** A try of a replica, and since when the replica is there. */
export type Asked = Pick<ReplicaFacts, 'row' | 'replica'>;

/** Asks replicas whether a rollout’s check is answered through the tunnel, where the server has to know. */
export type Checks = {
  /** The last answer during this try, since the replica is there; null: none yet. */
  answered(asked: Asked): boolean | null;
  /** Asks, unless it is being asked or has just been. */
  ask(rollout: RolloutRow, asked: Asked): void;
  /** The rollout is over. */
  forget(rolloutId: string): void;
};

/** Kept in memory alone: after a restart it asks again. `onAnswer` is called when there is reason to look at the rollout. */
export function createChecks(
  { hub, clock }: Pick<Deps, 'hub' | 'clock'>,
  onAnswer: (rolloutId: string) => void,
): Checks {
  const answers = new Map<string, Map<string, boolean>>();
  const asking = new Set<string>();
  /** One try of one replica: a later one begins at another time. One that was away meanwhile, or restarted, is to be asked anew. */
  const keyOf = ({ row, replica }: Asked) =>
    `${row.rollout_id} ${row.replica_id} ${row.since} ${replica?.since ?? ''}`;

  return {
    answered: (asked) => answers.get(asked.row.rollout_id)?.get(keyOf(asked)) ?? null,

    ask(rollout, asked) {
      const { row } = asked;
      const { check_address: address, check_port: port } = rollout;
      const key = keyOf(asked);
      if (address === null || asking.has(key)) return;
      asking.add(key);
      const request = { id: key, vpnId: triedVpnId(rollout), address, port, timeoutMs: PROBE_MS };
      void hub.verify(row.replica_id, request).then(({ state }) => {
        const known = answers.get(row.rollout_id) ?? new Map<string, boolean>();
        answers.set(row.rollout_id, known.set(key, state === 'succeeded'));
        const again = () => {
          asking.delete(key);
          onAnswer(row.rollout_id);
        };
        if (state === 'succeeded') again();
        else clock.after(AGAIN_MS, again);
      });
    },

    forget: (rolloutId) => answers.delete(rolloutId),
  };
}
