import type { PipelineScope } from '../../contract/pipelines/pipelines.ts';
import type { PreviewTable } from '../db/schema.ts';
import type { Viewer } from '../session/viewer.ts';

/** A run that asks for a preview. Times in milliseconds since the epoch. */
export type AskingRun = {
  /** null: no pipeline’s. */
  provider: PipelineScope['provider'] | null;
  sequence: number | null;
  /** The latest moment at which it may have begun. */
  begunAt: number;
};

/** What a preview left that was taken down. */
export type Mark = Pick<PreviewTable, 'removed_at' | 'removed_reason' | 'removed_sequence'>;

/**
 * Whether the preview was taken down after the run began, so that this run must not bring it back. What was only collected
 * because nobody asked for it any more comes back for whoever does.
 *
 * GitHub numbers runs in the order in which they were caused, and that decides: closed and reopened within a second, the
 * runs may overtake each other. GitLab numbers jobs when their pipeline is made, and the job that ends an environment may be
 * one of an older pipeline: there only a smaller number says something.
 */
export function staysDown(run: AskingRun, mark: Mark): boolean {
  if (mark.removed_at === null || mark.removed_reason === 'expired') return false;
  if (run.sequence !== null && mark.removed_sequence !== null) {
    if (run.sequence < mark.removed_sequence) return true;
    if (run.sequence === mark.removed_sequence || run.provider === 'github') return false;
  }
  return run.begunAt < Date.parse(mark.removed_at);
}

/**
 * Whether what would take the preview down is of an older run than what brought it up, so that it stays: the end of a pull request
 * that was opened again since. Only GitHub counts runs in the order in which they were caused.
 */
export const comesTooLate = (
  { via }: Viewer,
  { workspace_id, up_sequence }: Pick<PreviewTable, 'workspace_id' | 'up_sequence'>,
): boolean =>
  via.kind === 'pipeline' &&
  via.scope.provider === 'github' &&
  via.scope.sequence !== null &&
  workspace_id !== null &&
  up_sequence !== null &&
  via.scope.sequence < up_sequence;

/** The number of its run; null where there is none. */
export const sequenceOf = ({ via }: Viewer): number | null =>
  via.kind === 'pipeline' ? via.scope.sequence : null;

/** The larger of two numbers of runs, of which each may be missing. */
export const laterOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);
