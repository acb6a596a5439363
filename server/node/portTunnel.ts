import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { headersForViewer, pairs } from './portHeaders.ts';
import type { Passage } from './portPassage.ts';

/**
 * The app has switched protocols (101): says so to the viewer, and from here on passes bytes both ways. Nothing of what the
 * viewer sent behind its request has gone to the app before: refused, it could have been another request there.
 */
export function joinTunnel(
  { incoming, outgoing, arrival, limits }: Passage,
  { socket, head }: { socket: Duplex; head: Buffer },
  app: { answer: IncomingMessage; stream: Duplex; head: Buffer; stick: string | null },
): void {
  const { answer, stream } = app;
  const headers = headersForViewer(answer.rawHeaders, {
    installationId: arrival.installationId,
    stick: app.stick,
    trailers: false,
    upgrade: true,
  });
  const lines = pairs(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  outgoing.detachSocket(incoming.socket);
  stream.on('error', () => socket.destroy());
  stream.once('close', () => {
    if (stream.errored) socket.destroy();
    else socket.end(() => socket.destroy());
  });
  socket.once('close', () => stream.destroy());
  if (socket.destroyed) return void stream.destroy();

  incoming.socket.setTimeout(limits.tunnelIdleMs, () => socket.destroy());
  incoming.socket.setNoDelay(true);
  socket.write(`HTTP/1.1 101 ${answer.statusMessage ?? ''}\r\n${lines.join('')}\r\n`, 'latin1');
  if (app.head.length > 0) socket.write(app.head);
  if (head.length > 0) stream.write(head);
  socket.pipe(stream);
  stream.pipe(socket);
}
