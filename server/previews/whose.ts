import type { PreviewTable } from '../db/schema.ts';
import { refused } from '../http/problem.ts';
import type { Viewer } from '../session/viewer.ts';
import { shown } from '../../contract/shownText.ts';

/** The repository that previews are made for, and by whose leave: together with the change, which preview is meant. */
export type PreviewOwner = {
  /** The issuer, so that no pipeline of another one can say it is the same; `api-token` for people and their tokens. */
  source: PreviewTable['source'];
  /** The rule of a pipeline, so that what another rule lets in never comes to its VPNs. Empty for people and their tokens. */
  trustRuleId: string;
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
    return { source: issuer, trustRuleId: via.trustRuleId, repository };
  }
  if (named === null) {
    const message =
      'Name the repository that this is a preview of. A pipeline’s own token says it by itself.';
    throw refused([{ path: 'repository', code: 'repository_missing', message }]);
  }
  return { source: BY_PEOPLE, trustRuleId: '', repository: { id: named, name: named } };
}
