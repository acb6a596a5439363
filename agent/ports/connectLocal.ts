import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Clock } from '../ipsec/clock.ts';

export type LocalConnection =
  { ok: true; socket: Socket } | { ok: false; code: 'not-listening' | 'unreachable' };

/** A program that is too busy leaves connections waiting. With the dial-back this has to stay below STREAM_MS. */
const connectMs = 2_000;

/**
 * Connects to the first of these addresses that takes the connection. The socket stays open for writing when the program
 * has said its last word: it may still be reading. An error destroys it.
 */
export async function connectLocal(
  addresses: readonly string[],
  port: number,
  clock: Clock,
): Promise<LocalConnection> {
  let refused = false;
  for (const host of addresses) {
    const tried = await tryAddress(host, port, clock);
    if (typeof tried !== 'string') return { ok: true, socket: tried };
    if (tried === 'timeout') return { ok: false, code: 'unreachable' };
    // Other errors say that this address isn't there, and nothing of the port.
    if (tried === 'ECONNREFUSED') refused = true;
  }
  return { ok: false, code: refused ? 'not-listening' : 'unreachable' };
}

function tryAddress(host: string, port: number, clock: Clock): Promise<Socket | string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
    const failed = (code: string): void => {
      cancel();
      socket.destroy();
      resolve(code);
    };
    const cancel = clock.after(connectMs, () => failed('timeout'));
    socket.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? ''));
    socket.once('connect', () => {
      cancel();
      resolve(socket);
    });
  });
}
