import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemResponse, type ProblemFields } from '../http/problem.ts';

/** Answers an upgrade with a problem document instead, and hangs up. */
export async function refuseUpgrade(socket: Duplex, problem: ProblemFields): Promise<void> {
  const response = problemResponse(problem, crypto.randomUUID());
  const body = await response.text();
  // The other side may never hang up, and nothing else would end a socket that has left HTTP's timeouts.
  socket.once('finish', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
      `Content-Type: ${response.headers.get('content-type') ?? 'application/problem+json'}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

export const restarting: ProblemFields = {
  status: 503,
  code: 'unavailable',
  title: 'The server can’t take connections now. Try again soon.',
};
