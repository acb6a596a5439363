import type { ChangeReport } from '../../../contract/agentProtocol.ts';

/** How long it has to be up before it counts: a gateway may still take it back. */
export const PROVEN_MS = 2000;
/** How long what is up may go unanswered: meanwhile it may carry all traffic (libipsec sends through the newest SA). */
const UNANSWERED_MS = 10_000;
/** A gateway that is starting refuses once what it takes a moment later. */
export const REFUSALS_MAX = 2;

/** What is known of other settings that are tried out. */
export type ChangeFacts = {
  now: number;
  deadline: number;
  /** Since when it is up; null: it isn't. */
  upAt: number | null;
  /** Something goes out and nothing has come back. */
  silent: boolean;
  /** Whether the address that has to answer did; null: none has to. */
  answered: boolean | null;
  /** How often the gateway refused, or charon did. */
  refusals: number;
  /** Whether a failed attempt told why. */
  diagnosed: boolean;
};

export type Verdict =
  { kind: 'wait' } | { kind: 'keep' } | { kind: 'go-back'; reason: NonNullable<ChangeReport['reason']> };

/**
 * What becomes of settings that are tried out. Until they are up, waiting costs nothing: what ran before carries the
 * traffic. Once they are up they may carry it in its place, and are given up soon when nothing answers.
 */
export function judge(facts: ChangeFacts): Verdict {
  const { now, deadline, upAt, silent, answered, refusals, diagnosed } = facts;
  const settled = upAt !== null && now - upAt >= PROVEN_MS;
  if (settled && answered !== false && (answered === true || !silent)) return { kind: 'keep' };
  if (upAt === null && refusals >= REFUSALS_MAX) return { kind: 'go-back', reason: 'failed' };
  if (settled && (now - upAt >= UNANSWERED_MS || now >= deadline))
    return { kind: 'go-back', reason: 'no-answer' };
  if (now < deadline) return { kind: 'wait' };
  return { kind: 'go-back', reason: upAt === null && diagnosed ? 'failed' : 'timeout' };
}
