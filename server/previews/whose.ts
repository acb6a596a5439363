import type { PreviewTable } from '../db/schema.ts';
import { refused } from '../http/problem.ts';
import type { PipelineCredential, Viewer } from '../session/viewer.ts';
import { shown } from '../../contract/shownText.ts';

/** The repository that previews are made for: together with the change, which preview is meant. */
export type PreviewOwner = {
  /** The issuer, so that no pipeline of another one can say it is the same; `api-token` for people and their tokens. */
  source: PreviewTable['source'];
  repository: { id: string; name: string };
};

export const BY_PEOPLE = 'api-token';

/** A pipeline’s is that of its token; people name one. 422 where they don’t, or where a pipeline names another. */
export function ownerOfPreviews({ via }: Viewer, named: string | null): PreviewOwner {
  if (via.kind === 'pipeline') {
    const { issuer, repository } = via.scope;
    if (named !== null && named !== repository.name && named !== repository.id) {
      const message = `This token is of ${shown(repository.name)}, and makes previews for that alone. Leave the repository out.`;
      throw refused([{ path: 'repository', code: 'other_repository', message }]);
    }
    return { source: issuer, repository };
  }
  if (named === null) {
    const message =
      'Name the repository that this is a preview of. A pipeline’s own token says it by itself.';
    throw refused([{ path: 'repository', code: 'repository_missing', message }]);
  }
  return { source: BY_PEOPLE, repository: { id: named, name: named } };
}

/** Whether these are the pipeline’s own. */
export const isOwn = (
  { scope }: PipelineCredential,
  preview: { source: string; repository_id: string },
): boolean => preview.source === scope.issuer && preview.repository_id === scope.repository.id;
