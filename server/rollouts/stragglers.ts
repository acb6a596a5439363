import type { RolloutReplicaRow } from '../db/underWay.ts';
import type { ReplicaFacts } from './facts.ts';
import type { Transition } from './transitions.ts';
import { disconnected, removed } from './verdict.ts';

/** Milliseconds that a rollout waits at its end for replicas that are offline. Their agents come back from a lost connection sooner. */
export const OFFLINE_MS = 60_000;

/** Since when a replica is away, in milliseconds since the epoch: while the server was down it couldn't be there. */
export const awaySince = (replica: { since: string }, runsSince: number): number =>
  Math.max(Date.parse(replica.since), runsSince);

export type Stragglers = {
  skipped: Transition[];
  /** How many are waited for. */
  left: number;
  lookAt: number | null;
};

/**
 * What becomes of those that wait when it is nobody's turn any more, because they are offline or their tunnel isn't up. Without
 * a tunnel that is up there is nothing to protect. An offline one may have one: it is waited for, for ever as long as no replica
 * has proven the new settings.
 */
export function judgeStragglers(
  waiting: readonly ReplicaFacts[],
  { now, runsSince, proven }: { now: number; runsSince: number; proven: boolean },
): Stragglers {
  const result: Stragglers = { skipped: [], left: 0, lookAt: null };
  const skip = (row: RolloutReplicaRow, reason: string) =>
    result.skipped.push({ row, to: { state: 'skipped', reason, diagnosis: null } });
  for (const { row, replica, connected } of waiting) {
    if (replica === null) skip(row, removed);
    else if (!connected) skip(row, disconnected);
    else if (replica.online) skip(row, 'Its tunnel wasn’t up when its turn came.');
    else {
      const until = awaySince(replica, runsSince) + OFFLINE_MS;
      if (proven && now >= until) skip(row, 'It was offline when its turn came.');
      else {
        result.left += 1;
        if (proven) result.lookAt = Math.min(result.lookAt ?? until, until);
      }
    }
  }
  return result;
}
