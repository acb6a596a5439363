import type { ChangeReport } from '../../contract/agentProtocol.ts';
import type { RolloutRow } from '../db/underWay.ts';
import type { ReplicaFacts } from './facts.ts';

/** Milliseconds beyond the limit that an agent has to say how its try ended. */
export const VERDICT_MS = 30_000;

export type Verdict =
  | {
      kind: 'ends';
      state: 'changed' | 'went-back' | 'skipped';
      reason: string | null;
      diagnosis: string | null;
    }
  /** It is tried on. `overdue`: its agent should have said by now how it ended. `lookAt`: milliseconds since the epoch. */
  | { kind: 'goes-on'; overdue: boolean; lookAt: number | null }
  /** The server has to ask the replica whether the check is answered. */
  | { kind: 'ask'; lookAt: number | null };

export type Circumstances = {
  rollout: Pick<RolloutRow, 'kind' | 'make_before_break' | 'check_address' | 'check_port' | 'limit_seconds'>;
  now: number;
  /** Whether no replica is changed yet. */
  first: boolean;
  /** Whether the check was answered when the server last asked this replica during this try; null: it hasn't asked. */
  answered: boolean | null;
};

const ends = (
  state: 'changed' | 'went-back' | 'skipped',
  reason: string | null = null,
  diagnosis: string | null = null,
): Verdict => ({ kind: 'ends', state, reason, diagnosis });

/** What becomes of a replica that tries. Reads nothing but its arguments. */
export function judge(facts: ReplicaFacts, circumstances: Circumstances): Verdict {
  const { replica, connected } = facts;
  if (replica === null) return ends('skipped', removed);
  if (!connected) return ends('skipped', disconnected);
  return circumstances.rollout.kind === 'move'
    ? judgeMove(facts, replica, circumstances)
    : judgeChange(facts, replica, circumstances);
}

export const removed = 'It was removed.';
export const disconnected = 'Its workspace was disconnected.';

type Replica = NonNullable<ReplicaFacts['replica']>;

/** The agent alone decides, and goes back by itself; the server learns of it. */
function judgeChange({ row, report }: ReplicaFacts, replica: Replica, circumstances: Circumstances): Verdict {
  const { rollout, now, first, answered } = circumstances;
  const said = report?.change?.revision === row.revision ? (report?.change ?? null) : null;
  if (said?.state === 'kept') return ends('changed');
  if (said?.state === 'went-back') {
    const diagnosis = said.diagnosis === null ? null : JSON.stringify(said.diagnosis);
    return ends('went-back', whyBack(said.reason, rollout), diagnosis);
  }
  if (!replica.online) return { kind: 'goes-on', overdue: false, lookAt: null };
  // An agent that doesn't know safe changes applies it like any other, and says nothing of it: then the server judges.
  const applied = said === null && report !== null && report.appliedRevision === row.revision;
  if (applied && report.state === 'failed') return ends('went-back', failed, report.diagnosis);
  const due = begun(row.since, replica) + rollout.limit_seconds * 1000 + VERDICT_MS;
  if (now < due) return { kind: 'goes-on', overdue: false, lookAt: due };
  if (said !== null) {
    // It tries on by its own word. Only the first is worth giving up for: the others can wait, nothing else happens.
    return first
      ? ends('went-back', overdueReason(rollout))
      : { kind: 'goes-on', overdue: true, lookAt: null };
  }
  if (!applied || report.state !== 'up') return ends('went-back', notUp(rollout), report?.diagnosis ?? null);
  if (rollout.check_address === null || answered === true) return ends('changed');
  return answered === false ? ends('went-back', noAnswer(rollout)) : { kind: 'ask', lookAt: null };
}

/** The server decides: the replica has the tunnel of the other VPN beside its own, or instead of it. */
function judgeMove({ row, report }: ReplicaFacts, replica: Replica, circumstances: Circumstances): Verdict {
  const { rollout, now, answered } = circumstances;
  if (!replica.online) return { kind: 'goes-on', overdue: false, lookAt: null };
  const current = report !== null && (report.appliedRevision ?? 0) >= (row.revision ?? 0);
  const up = current && report.state === 'up';
  if (up && (rollout.check_address === null || answered === true)) return ends('changed');
  if (report?.state === 'failed' || report?.state === 'unsupported') {
    return ends('went-back', 'Its new tunnel didn’t come up.', report.diagnosis);
  }
  const due = begun(row.since, replica) + rollout.limit_seconds * 1000;
  if (now >= due)
    return ends('went-back', up ? noAnswer(rollout) : notUp(rollout), report?.diagnosis ?? null);
  return up ? { kind: 'ask', lookAt: due } : { kind: 'goes-on', overdue: false, lookAt: due };
}

/** While it was away it could neither be told nor tell anything. */
const begun = (since: string, replica: Replica): number =>
  Math.max(Date.parse(since), Date.parse(replica.since));

type Limits = Pick<RolloutRow, 'limit_seconds' | 'check_address' | 'check_port'>;

function whyBack(reason: ChangeReport['reason'], rollout: Limits): string {
  switch (reason) {
    case 'failed':
      return failed;
    case 'no-answer':
      return noAnswer(rollout);
    case 'timeout':
      return `It wasn’t certain within ${rollout.limit_seconds} seconds that the new settings work.`;
    case null:
      return 'It has the settings of before again.';
  }
}

const failed = 'Its tunnel didn’t come up with the new settings.';

const notUp = ({ limit_seconds }: Limits): string =>
  `Its tunnel didn’t come up within ${limit_seconds} seconds.`;

const noAnswer = ({ check_address, check_port }: Limits): string =>
  check_address === null
    ? 'Nothing came back through the tunnel.'
    : `${check_address}${check_port === null ? '' : ` port ${check_port}`} didn’t answer through the tunnel.`;

export const overdueReason = ({ limit_seconds }: Limits): string =>
  `Its agent didn’t say within ${limit_seconds + VERDICT_MS / 1000} seconds whether the new settings work.`;
