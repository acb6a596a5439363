import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { RolloutReplicaRow, RolloutRow } from '../db/underWay.ts';
import { loadFacts, type ReplicaFacts } from './facts.ts';
import { judge, overdueReason } from './verdict.ts';

/** Why a rollout doesn’t go on at the moment, in a sentence; null: it does, or it is over. */
export async function explainWaiting(
  db: Kysely<Database>,
  rollout: RolloutRow,
  rows: readonly RolloutReplicaRow[],
  now: number,
): Promise<string | null> {
  if (rollout.state === 'paused') return whyPaused(rows);
  if (rollout.state !== 'running') return null;
  const trying = await loadFacts(db, rollout, 'trying');
  const first = !rows.some((row) => row.state === 'changed');
  const away = trying.filter(({ replica }) => replica?.online === false);
  if (away.length > 0)
    return `${offline(away)} This goes on when ${away.length === 1 ? 'it is' : 'they are'} back.`;
  const overdue = trying.find((facts) => {
    const verdict = judge(facts, { rollout, now, first, answered: null });
    return verdict.kind === 'goes-on' && verdict.overdue;
  });
  if (overdue) {
    const reason = overdueReason(rollout).replace(/^Its/, 'its');
    return `This waits for ${overdue.row.replica_name}: ${reason} Look at the agent’s log there, or take the change back.`;
  }
  if (trying.length > 0) return null;
  const waiting = await loadFacts(db, rollout, 'waiting');
  const gone = waiting.filter(({ replica }) => replica?.online === false);
  return gone.length === 0 || gone.length < waiting.length
    ? null
    : `${offline(gone)} This waits for ${gone.length === 1 ? 'it' : 'them'}.`;
}

function whyPaused(rows: readonly RolloutReplicaRow[]): string {
  const back = rows.filter((row) => row.state === 'went-back');
  if (back.length === 0) return 'It was paused. No further replica begins until it is resumed.';
  return `${listed(back.map((row) => row.replica_name))} went back. Resume to try again, or take the change back.`;
}

const offline = (facts: readonly ReplicaFacts[]) =>
  `${listed(facts.map(({ row }) => row.replica_name))} ${facts.length === 1 ? 'is' : 'are'} offline.`;

/** The first few of a list of names. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
