import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { awaitPreview } from './awaitPreview.ts';
import { connectPreviews } from './connectPreviews.ts';
import {
  existingOptions,
  timeoutOf,
  waitOptions,
  type ExistingOptions,
  type WaitOptions,
} from './previewOptions.ts';
import { previewText, tunnelLines } from './previewText.ts';
import { findPreview } from './subject.ts';

export function addPreviewWait(preview: Command, context: Context): void {
  const wait = leaf(preview, 'wait', {
    summary: 'Wait until the tunnels of a preview are up',
    more:
      'For after a deployment whose machines join the preview. It waits for a replica, for the tunnels of all that are online, and for what ' +
      '--check names. It ends with 7 and the diagnosis when a tunnel fails, with 6 when time is up.',
    examples: [
      {
        line: 'culvert preview wait --change main --repository octo/app --timeout 5m',
        does: 'Until the preview of a branch is in the private network',
      },
    ],
  });
  waitOptions(existingOptions(wait)).action(
    action(context, async (invocation, options: ExistingOptions & WaitOptions) => {
      const deadline = context.clock.now() + (await timeoutOf(context, options)) * 1000;
      const connection = await connectPreviews(invocation);
      const found = await findPreview(connection, options);
      const check = options.check || null;
      const up = await awaitPreview(invocation, connection, found, { own: null, check, deadline });
      invocation.out.result(up, () => [previewText(up), ...tunnelLines(up)].join('\n'));
    }),
  );
}
