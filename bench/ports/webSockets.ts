import { once } from 'node:events';
import WebSocket from 'ws';
import type { Target } from './load.ts';

/** WebSockets that are all open. */
export type Held = {
  /** From the first request until every one had sent back what it was sent. */
  openedMs: number;
  /** Sends a text over every one; resolves once all of them have sent it back. */
  echo: () => Promise<void>;
  close: () => Promise<void>;
};

/** Opens so many at once and holds them. */
export async function holdWebSockets({ address, port, host }: Target, count: number): Promise<Held> {
  const begun = performance.now();
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const options = { headers: { host }, perMessageDeflate: false };
      const socket = new WebSocket(`ws://${address}:${port}/`, options);
      await once(socket, 'open');
      await echoOver(socket);
      return socket;
    }),
  );
  return {
    openedMs: performance.now() - begun,
    echo: async () => void (await Promise.all(sockets.map(echoOver))),
    close: async () => {
      const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
      for (const socket of sockets) socket.close();
      await closed;
    },
  };
}

async function echoOver(socket: WebSocket): Promise<void> {
  const sent = `hello ${Math.round(performance.now() * 1000)}`;
  const answered = once(socket, 'message');
  socket.send(sent);
  const [data]: unknown[] = await answered;
  if (!Buffer.isBuffer(data) || data.toString() !== sent) throw new Error('A WebSocket didn’t echo.');
}
