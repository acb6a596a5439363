/**
 * What forwarding a request may take. Every number of the transport is here, and for people in docs/server.md. Milliseconds
 * and bytes.
 */
export const portLimits = {
  /** Requests and WebSockets at the same time, fewer than an agent’s streams. A viewer is a user, or an address where nobody is signed in. */
  perPort: 1500,
  perViewer: 750,
  /** From the last byte of the request to the first one of the answer. */
  firstByteMs: 2 * 60_000,
  /** An answer, or an upload, of which no byte moves. */
  idleMs: 5 * 60_000,
  /** A WebSocket over which nothing goes. */
  tunnelIdleMs: 60 * 60_000,
  /** For the form of one of our own pages. */
  formMs: 15_000,
  /** What may still come of a request that was answered before it was sent to its end. */
  lingerMs: 10_000,
  /** An app’s answer: its head. Requests’ heads are limited by Node, to 16 KiB. */
  answerHeadBytes: 64 * 1024,
  tlsMs: 10_000,
  /** For finding out whether a port speaks the other protocol. */
  probeMs: 3_000,
  /** An unused connection to an app. Node’s and uvicorn’s own end them after 5 seconds. */
  unusedMs: 4_000,
  /** The same before a request that must not be sent twice: an app that has just hung up must be noticed. */
  unusedBeforeWriteMs: 1_000,
  /** Unused connections to one port of one replica. */
  unused: 64,
} as const;

export type PortLimits = Readonly<Record<keyof typeof portLimits, number>>;

/** Counts what goes on under each key, up to a maximum. */
export function createCounter(max: number) {
  const counts = new Map<string, number>();
  return {
    /** False, and nothing counted, where it is full. */
    enter(key: string): boolean {
      const count = counts.get(key) ?? 0;
      if (count >= max) return false;
      counts.set(key, count + 1);
      return true;
    },
    leave(key: string): void {
      const count = (counts.get(key) ?? 0) - 1;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    },
  };
}
