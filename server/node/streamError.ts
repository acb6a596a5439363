import type { StreamRefusal } from '../agents/hub.ts';

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
