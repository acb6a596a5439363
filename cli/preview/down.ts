import type { Command } from 'commander';
import type { Preview } from '../../contract/previews.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { connectPreviews } from './connectPreviews.ts';
import { existingOptions, type ExistingOptions } from './previewOptions.ts';
import { subjectOf } from './subject.ts';

export function addPreviewDown(preview: Command, context: Context): void {
  const down = leaf(preview, 'down', {
    summary: 'Remove the preview of a change',
    more:
      'Its workspace goes with everything of it: tunnels, replicas, forwarded ports. A run that was on its way can’t bring it back; one that ' +
      'starts later can. Where there is none that is no error. A person takes down those of pipelines, too.',
    examples: [
      {
        line: 'culvert preview down --change main --repository octo/app',
        does: 'The preview of a branch',
      },
    ],
  });
  existingOptions(down).action(
    action(context, async (invocation, options: ExistingOptions) => {
      const connection = await connectPreviews(invocation);
      const subject = options.preview ? { preview: options.preview } : subjectOf(connection, options);
      const answer = await connection.previews.post<Preview | { preview: null }>('/down', subject);
      invocation.out.result(answer, () =>
        'id' in answer
          ? downText(answer)
          : `There was no preview of ${'change' in subject ? subject.change : subject.preview}. A run that is on its way won’t make one.`,
      );
    }),
  );
}

const downText = ({ state, change, repository }: Preview): string =>
  state === 'here'
    ? `The preview of ${change} of ${repository} stays: a newer run has brought it up since.`
    : `The preview of ${change} of ${repository} is gone.`;
