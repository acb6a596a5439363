import type { Activity } from '../../contract/team.ts';
import type { Viewer } from '../session/viewer.ts';

/** Who did it where no person did. */
export const bySystem: Activity['actor'] = { kind: 'system', id: 'server', name: 'Culvert' };

/** The viewer as the actor of an activity entry. A token is named with its owner: both are needed to find it. */
export const actorOf = ({ userId, name, via }: Viewer): Activity['actor'] =>
  via.kind === 'session'
    ? { kind: 'user', id: userId, name }
    : { kind: 'api-token', id: via.tokenId, name: `${name} with token ${via.tokenName}` };
