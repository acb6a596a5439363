import { providerNames } from '../../contract/pipelines/identity.ts';
import type { Activity } from '../../contract/team.ts';
import type { Viewer } from '../session/viewer.ts';

/** Who did it where no person did. */
export const bySystem: Activity['actor'] = { kind: 'system', id: 'server', name: 'Culvert' };

/** The viewer as the actor of an activity entry. A token is named with its owner: both are needed to find it. */
export function actorOf({ userId, name, via }: Viewer): Activity['actor'] {
  switch (via.kind) {
    case 'session':
      return { kind: 'user', id: userId, name };
    case 'api-token':
      return { kind: 'api-token', id: via.tokenId, name: `${name} with token ${via.tokenName}` };
    case 'pipeline':
      return {
        kind: 'pipeline',
        id: via.tokenId,
        name: `${via.scope.repository.name}, ${providerNames[via.scope.provider]}`,
      };
  }
}
