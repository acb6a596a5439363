import type { Preview } from '../../contract/previews.ts';
import { CliError, usageError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { PreviewConnection } from './connectPreviews.ts';

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

/** @throws CliError (not found) where it has no preview now */
export async function findPreview(connection: PreviewConnection, subject: Subject): Promise<Preview> {
  const { items } = await connection.previews.all<Preview>('');
  const repository = subject.repository ?? connection.repository?.name;
  const found = items.find(
    (preview) =>
      preview.state === 'here' && preview.change === subject.change && preview.repository === repository,
  );
  if (found) return found;
  throw new CliError(`There is no preview of ${subject.change}${repository ? ` of ${repository}` : ''}.`, {
    exit: exitCodes.notFound,
    code: 'preview_missing',
    advice: 'Make it: culvert preview up',
  });
}
