import type { Actor } from '../../contract/permissions.ts';
import { portCan } from '../../contract/portAccess.ts';
import type { SharedPort } from '../../contract/ports.ts';
import { reasonOf } from '../session/reason.ts';

/** Why this share can’t be ended by whoever looks at it; undefined: it can. */
export const mayEnd = (actor: Actor, { owner }: Pick<SharedPort, 'owner'>): string | undefined =>
  reasonOf(portCan.stop(actor, { ownerId: owner.id }));
