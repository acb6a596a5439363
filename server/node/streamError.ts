import type { StreamRefusal } from '../agents/hub.ts';
import type { PortFailure } from '../gateway/portGateway.ts';

/** Why a replica’s port can’t be reached, or can’t be any more. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  /** `offline`: the replica isn’t connected, or its connection ended. `timeout`: its agent didn’t dial back. */
  readonly reason: StreamRefusal | 'offline' | 'timeout';

  constructor(reason: StreamError['reason']) {
    super(`The replica’s port can’t be reached: ${reason}.`);
    this.reason = reason;
  }
}

/** What whoever wanted to reach the port is told. */
export const failureOf: Readonly<Record<StreamError['reason'], PortFailure>> = {
  'not-listening': 'not-listening',
  unreachable: 'not-listening',
  'too-many': 'too-many',
  offline: 'replica-offline',
  timeout: 'replica-offline',
};
