import type { Preview } from '../../contract/previews.ts';
import { apiPath } from '../api.ts';
import { CliError, usageError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { PreviewConnection } from './connectPreviews.ts';
import type { ExistingOptions } from './previewOptions.ts';

/** What a preview is of, as options and the job’s environment say. */
export type Subject = {
  change: string;
  /** null: that of the job’s token. */
  repository: string | null;
};

/** @throws CliError (usage) where neither says it */
export function subjectOf(
  { pipeline, repository }: PreviewConnection,
  given: { change?: string; repository?: string },
): Subject {
  const change = given.change || pipeline?.change;
  if (!change) throw usageError('Say what the preview is of: --change, such as a branch.');
  if (repository !== null) return { change, repository: null };
  const named = given.repository || pipeline?.repository;
  if (!named) throw usageError('Say which repository the preview is of: --repository.');
  return { change, repository: named };
}

/**
 * A preview that is there, whoever made it: by its id, or by what it is of.
 *
 * @throws CliError (not found) where there is none now; where several are of the same, with their ids
 */
export async function findPreview(connection: PreviewConnection, options: ExistingOptions): Promise<Preview> {
  if (options.preview) return await connection.previews.get<Preview>(apiPath`/${options.preview}`);
  const subject = subjectOf(connection, options);
  const { items } = await connection.previews.all<Preview>('');
  const repository = subject.repository ?? connection.repository?.name;
  const [found, ...more] = items.filter(
    (preview) =>
      preview.state === 'here' && preview.change === subject.change && preview.repository === repository,
  );
  const what = `${subject.change}${repository ? ` of ${repository}` : ''}`;
  if (!found) {
    throw new CliError(`There is no preview of ${what}.`, {
      exit: exitCodes.notFound,
      code: 'preview_missing',
      advice: 'Make it: culvert preview up',
    });
  }
  if (more.length === 0) return found;
  const ids = [found, ...more].map(({ id, workspace }) => `${id} (workspace ${workspace?.name ?? ''})`);
  throw new CliError(`There are ${ids.length} previews of ${what}: ${ids.join(', ')}.`, {
    code: 'preview_ambiguous',
    advice: 'Say which: --preview, with its id.',
  });
}
