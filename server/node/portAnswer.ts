import { once } from 'node:events';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { portLimits } from './portLimits.ts';

/** A request and where its answer goes. */
export type Exchange = { incoming: IncomingMessage; outgoing: ServerResponse };

/** Answers with one of our own pages or documents, which are small. */
export async function sendOwnAnswer({ incoming, outgoing }: Exchange, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  if (outgoing.destroyed || outgoing.headersSent) return;
  const headers: string[] = [];
  for (const [name, value] of response.headers) {
    if (name !== 'content-length') headers.push(name, value);
  }
  const hasContent = response.status !== 204 && response.status !== 304;
  if (hasContent) headers.push('Content-Length', String(body.length));
  // Who is refused may still be sending. Hanging up then would lose the answer too.
  const unread = !incoming.complete;
  if (unread && !response.headers.has('connection')) headers.push('Connection', 'close');
  // With its reason, since one of the app’s that couldn’t be said may still be set.
  outgoing.writeHead(response.status, STATUS_CODES[response.status] ?? '', headers);
  if (unread) {
    if (hasContent) outgoing.write(body);
    outgoing.flushHeaders();
    await drained(incoming);
  }
  outgoing.end(hasContent && !unread ? body : undefined);
}

/** Answers to what isn’t a request, and hangs up: what came behind it isn’t one either. */
export async function sendText(exchange: Exchange, status: number, message: string): Promise<void> {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  };
  await sendOwnAnswer(exchange, new Response(`${message}\n`, { status, headers }));
}

/** Reads away what still comes of the request, for a while. */
async function drained(incoming: IncomingMessage): Promise<void> {
  const waiting = AbortSignal.timeout(portLimits.lingerMs);
  incoming.resume();
  await once(incoming, 'close', { signal: waiting }).catch(() => undefined);
}

/** The answer is complete, the request isn’t: reads on for a while, so that the connection can be used again. */
export function drainBehindAnswer(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  const timer = setTimeout(() => incoming.socket.destroy(), portLimits.lingerMs);
  incoming.once('close', () => clearTimeout(timer));
  incoming.resume();
}

/** Ends the viewer’s connection so that nobody takes the answer for complete, also where only its end says how long it is. */
export function cut({ incoming, outgoing }: Exchange): void {
  const { socket } = incoming;
  if (socket instanceof Socket && !socket.destroyed && outgoing.headersSent) socket.resetAndDestroy();
  outgoing.destroy();
  socket.destroy();
}
