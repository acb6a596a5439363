import type { Rollout, RolloutReplica, RolloutState, RolloutSummary } from '../../contract/rollouts.ts';
import type { MarkState } from '../ui/StateMark.tsx';

/** A replica's part in a rollout, with a shape and a word of its own. Who went back is up as before: a warning, no failure. */
export const replicaMarks: Record<RolloutReplica['state'], { state: MarkState; word: string }> = {
  waiting: { state: 'pending', word: 'Waiting' },
  trying: { state: 'connecting', word: 'Trying' },
  changed: { state: 'up', word: 'Changed' },
  'went-back': { state: 'warning', word: 'Went back' },
  skipped: { state: 'lost', word: 'Skipped' },
};

/** Who still waited when it was over has never been touched. */
export const untouched: (typeof replicaMarks)['waiting'] = { state: 'pending', word: 'Untouched' };

export const rolloutMarks: Record<RolloutState, MarkState> = {
  running: 'connecting',
  paused: 'warning',
  completed: 'up',
  failed: 'warning',
  'rolled-back': 'lost',
};

export const isUnderWay = ({ state }: { state: RolloutState }) => state === 'running' || state === 'paused';

export type Tally = Record<RolloutReplica['state'], number>;

export function tallyOf(replicas: readonly Pick<RolloutReplica, 'state'>[]): Tally {
  const tally: Tally = { waiting: 0, trying: 0, changed: 0, 'went-back': 0, skipped: 0 };
  for (const { state } of replicas) tally[state] += 1;
  return tally;
}

/** What a list says beside a VPN's tunnels. */
export function summaryMark({ kind, state, changed }: RolloutSummary): { state: MarkState; words: string } {
  const doing = kind === 'change' ? 'Changing' : 'Moving';
  const done = `${changed.toLocaleString('en')} done`;
  return state === 'paused'
    ? { state: 'warning', words: `${kind === 'change' ? 'Change' : 'Move'} paused, ${done}` }
    : { state: 'connecting', words: `${doing}, ${done}` };
}

const MINUTE = 60_000;

/** For how long the page of the VPN still shows what is over, in milliseconds; the activity keeps it. */
const shownFor = {
  completed: 15 * MINUTE,
  'rolled-back': 60 * MINUTE,
  failed: 24 * 60 * MINUTE,
} as const;

/** Whether a rollout still belongs on the VPN's page at this time (milliseconds since the epoch). */
export function isRecent({ state, finishedAt }: Pick<Rollout, 'state' | 'finishedAt'>, now: number): boolean {
  if (state === 'running' || state === 'paused' || finishedAt === null) return true;
  return now - Date.parse(finishedAt) < shownFor[state];
}
