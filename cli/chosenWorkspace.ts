import { usageError } from './cliError.ts';
import type { CommonOptions } from './invocation.ts';

/** The workspace that `--workspace` or CULVERT_WORKSPACE names. */
export function chosenWorkspace({ workspace }: CommonOptions): string {
  if (workspace) return workspace;
  throw usageError(
    'Which workspace is meant?',
    'Name it: --workspace backend, or set CULVERT_WORKSPACE. culvert workspace list shows them.',
  );
}
