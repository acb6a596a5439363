import type { Command } from 'commander';
import { usageError } from '../cliError.ts';
import { chosenServer } from '../connection.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { leaveHere } from './joinHere.ts';

export function addPreviewLeave(preview: Command, context: Context): void {
  leaf(preview, 'leave', {
    summary: 'End this machine’s part in the preview that it joined',
    more:
      'Takes its tunnels down and removes the agent that culvert preview up --join installed. For runners that stay after a job; the preview ' +
      'stays too, for the next run. Where this machine joined none that is no error.',
    examples: [{ line: 'culvert preview leave', does: 'At the end of a job' }],
  }).action(
    action(context, async (invocation) => {
      const server = await chosenServer(context, invocation.common);
      if (server === null) throw usageError('Say which server: --server, or CULVERT_SERVER.');
      const left = await leaveHere(invocation, server);
      invocation.out.result({ left }, () =>
        left ? 'This machine has left its preview.' : 'This machine is in no preview.',
      );
    }),
  );
}
