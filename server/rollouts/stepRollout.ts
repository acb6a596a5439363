import type { Kysely } from 'kysely';
import { bySystem } from '../activity/actor.ts';
import type { Database } from '../db/schema.ts';
import { underWay, type RolloutReplicaRow } from '../db/underWay.ts';
import type { Asked } from './checks.ts';
import { complete, undo } from './endRollout.ts';
import { countStates, findEligible, loadFacts, triedVpnId, type StateCounts } from './facts.ts';
import { dropSource, findMoved } from './movedConnections.ts';
import { findNamed, recordRollout, type NamedRollout } from './rolloutActivity.ts';
import { judgeStragglers } from './stragglers.ts';
import { beginToTry, bringOn, type Transition } from './transitions.ts';
import { judge } from './verdict.ts';

export type StepContext = {
  /** Milliseconds since the epoch. */
  now: number;
  /** Since when this server runs: before, replicas couldn't reach it. */
  runsSince: number;
  /** Whether the check was answered when the server last asked this replica during this try and since it is there; null: it hasn't asked. */
  answered(asked: Asked): boolean | null;
};

export type Step = {
  rollout: NamedRollout;
  over: boolean;
  /** Replicas that have to be told something else; null: all of the workspaces concerned. */
  replicaIds: string[] | null;
  /** Whether anything changed that a dashboard shows. */
  changed: boolean;
  /** Replicas that have to be asked whether the check is answered. */
  ask: Asked[];
  /** When to look again though nothing happens, in milliseconds since the epoch; null: only when something does. */
  lookAt: number | null;
};

/**
 * Brings a rollout on as far as what is stored allows. Each thing it does is written only if it still holds, so that doing it
 * twice, at two servers or after a crash, is doing it once. Null: it is over, or was deleted with its VPN.
 */
export async function stepRollout(
  trx: Kysely<Database>,
  rolloutId: string,
  context: StepContext,
): Promise<Step | null> {
  const rollout = await findNamed(trx)
    .where('rollout.id', '=', rolloutId)
    .where('rollout.state', 'in', underWay)
    .executeTakeFirst();
  if (!rollout) return null;
  const step: Step = { rollout, over: false, replicaIds: [], changed: false, ask: [], lookAt: null };
  const before = await countStates(trx, rollout.id);

  const ended = before.trying === 0 ? [] : await judgeTrying(trx, step, before, context);
  await write(trx, step, ended, context.now);
  const counts = ended.length === 0 ? before : await countStates(trx, rollout.id);

  const back = ended.find(({ to }) => to.state === 'went-back');
  if (back) {
    const because = { ...back.row, ...back.to };
    if (counts.changed === 0) return await fail(trx, step, because, context.now);
    if (rollout.state === 'running') await pause(trx, step, because, context.now);
  }
  if (step.rollout.state === 'running') await goOn(trx, step, counts, context);
  return step;
}

async function judgeTrying(
  trx: Kysely<Database>,
  step: Step,
  counts: StateCounts,
  { now, answered }: StepContext,
): Promise<Transition[]> {
  const { rollout } = step;
  const first = counts.changed === 0;
  const ended: Transition[] = [];
  for (const facts of await loadFacts(trx, rollout, 'trying')) {
    const { row } = facts;
    const verdict = judge(facts, { rollout, now, first, answered: answered(facts) });
    if (verdict.kind === 'ends') {
      const { state, reason, diagnosis } = verdict;
      ended.push({ row, to: { state, reason, diagnosis } });
      continue;
    }
    if (verdict.kind === 'ask') step.ask.push(facts);
    lookAgain(step, verdict.lookAt);
  }
  return ended;
}

const lookAgain = (step: Step, at: number | null): void => {
  if (at !== null) step.lookAt = Math.min(step.lookAt ?? at, at);
};

async function write(
  trx: Kysely<Database>,
  step: Step,
  transitions: readonly Transition[],
  now: number,
): Promise<void> {
  if (transitions.length === 0) return;
  const { rollout } = step;
  await bringOn(trx, transitions, new Date(now).toISOString());
  const backIds = transitions.filter(({ to }) => to.state === 'went-back').map(({ row }) => row.replica_id);
  if (rollout.kind === 'move' && backIds.length > 0) {
    // It has to take that tunnel down, and a later try begins anew.
    await trx
      .deleteFrom('tunnel')
      .where('vpn_id', '=', triedVpnId(rollout))
      .where('replica_id', 'in', backIds)
      .execute();
  }
  step.changed = true;
  step.replicaIds?.push(...transitions.map(({ row }) => row.replica_id));
}

/** The first didn't make it: nobody else was touched, and nobody will be. */
async function fail(
  trx: Kysely<Database>,
  step: Step,
  because: RolloutReplicaRow,
  now: number,
): Promise<Step> {
  const { rollout } = step;
  if (await undo(trx, rollout, 'failed', { now: new Date(now).toISOString() })) {
    await recordRollout(trx, { rollout, deed: 'failed', actor: bySystem, now, because });
  }
  return { ...step, over: true, replicaIds: null, changed: true };
}

async function pause(
  trx: Kysely<Database>,
  step: Step,
  because: RolloutReplicaRow,
  now: number,
): Promise<void> {
  const { rollout } = step;
  step.rollout = { ...rollout, state: 'paused' };
  const paused = await trx
    .updateTable('rollout')
    .set({ state: 'paused' })
    .where('id', '=', rollout.id)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (paused.numUpdatedRows === 0n) return;
  await recordRollout(trx, { rollout, deed: 'paused', actor: bySystem, now, because });
}

/** Has the next replicas try; where none is left, the rollout is complete. */
async function goOn(
  trx: Kysely<Database>,
  step: Step,
  counts: StateCounts,
  context: StepContext,
): Promise<void> {
  const { rollout } = step;
  const now = new Date(context.now).toISOString();
  if (rollout.kind === 'move' && counts.changed > 0) {
    const moved = await findMoved(trx, rollout);
    await dropSource(trx, rollout, moved);
    if (moved.length > 0) [step.changed, step.replicaIds] = [true, null];
  }
  const together = counts.changed > 0 && rollout.strategy === 'all-at-once';
  if (counts.trying > 0 && !together) return;

  const next = counts.waiting === 0 ? [] : await findNext(trx, rollout, counts, together);
  if (next.length > 0) {
    await beginToTry(trx, rollout.id, next, { revision: await triedRevision(trx, rollout), now });
    step.changed = true;
    step.replicaIds?.push(...next);
    lookAgain(step, context.now + rollout.limit_seconds * 1000);
    return;
  }
  if (counts.trying > 0) return;

  const { skipped, left, lookAt } = judgeStragglers(
    counts.waiting === 0 ? [] : await loadFacts(trx, rollout, 'waiting'),
    { ...context, proven: counts.changed > 0 },
  );
  await write(trx, step, skipped, context.now);
  if (left > 0) return lookAgain(step, lookAt);
  await finish(trx, step, { ...counts, skipped: counts.skipped + skipped.length }, context.now);
}

/**
 * Those whose tunnel is up. Where nothing is proven yet, one whose tunnel isn't will do: the new settings may be what mends it,
 * and if not it goes back like any other.
 */
async function findNext(
  trx: Kysely<Database>,
  rollout: NamedRollout,
  counts: StateCounts,
  together: boolean,
): Promise<string[]> {
  const up = await findEligible(trx, rollout, { up: true, limit: together ? counts.waiting : 1 });
  if (up.length > 0 || counts.changed > 0) return up;
  return await findEligible(trx, rollout, { up: false, limit: 1 });
}

/** The VPN may have got another revision since the rollout began: each time a replica tries again. */
async function triedRevision(trx: Kysely<Database>, rollout: NamedRollout): Promise<number> {
  const { revision } = await trx
    .selectFrom('vpn')
    .select('revision')
    .where('id', '=', triedVpnId(rollout))
    .executeTakeFirstOrThrow();
  return revision;
}

async function finish(trx: Kysely<Database>, step: Step, counts: StateCounts, now: number): Promise<void> {
  const { rollout } = step;
  if (await complete(trx, rollout, new Date(now).toISOString())) {
    const replicas = { tried: counts.changed, skipped: counts.skipped };
    await recordRollout(trx, { rollout, deed: 'completed', actor: bySystem, now, replicas });
  }
  [step.over, step.changed, step.replicaIds] = [true, true, null];
}
