import { request } from 'node:http';
import type { PortAgent } from './portAgents.ts';
import { cut } from './portAnswer.ts';
import { hintsForViewer, sendBody, requestHeaders, respond } from './portBodies.ts';
import type { Passage } from './portPassage.ts';
import { joinTunnel } from './portTunnel.ts';

/** The app took the request and sent nothing. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** The app’s answer says that it speaks TLS. */
export class WrongProtocolError extends Error {
  override readonly name = 'WrongProtocolError';
}

/** Null: the app answers. `sent`: it may have seen the request. `stale`: the connection had been used before. */
export type Attempt = { error: Error; sent: boolean; stale: boolean } | null;

/** Sends the request to the app once. Nothing of it is read before there is a connection to send it over. */
export function attempt(passage: Passage, agent: PortAgent, replicaId: string): Promise<Attempt> {
  const { incoming, outgoing, visit, tunnel, limits } = passage;
  const { promise, resolve } = Promise.withResolvers<Attempt>();
  const upstream = request({
    agent,
    method: incoming.method,
    path: incoming.url,
    headers: requestHeaders(passage),
    maxHeaderSize: limits.answerHeadBytes,
  });
  let sent = false;
  let answering = false;

  const abandon = () => void upstream.destroy();
  const idle = () => {
    if (outgoing.headersSent) cut(passage);
    else upstream.destroy(new TimeoutError());
  };
  const timing = tunnel ? incoming.socket : outgoing;
  outgoing.once('close', abandon);
  timing.on('timeout', idle);
  incoming.socket.setTimeout(limits.firstByteMs);
  const letGo = () => {
    outgoing.off('close', abandon);
    timing.off('timeout', idle);
  };

  const fail = (error: Error) => {
    letGo();
    upstream.destroy();
    // Finding out what is wrong, and saying it, have limits of their own; nobody would hear of this one, and Node hang up.
    incoming.socket.setTimeout(0);
    if (outgoing.headersSent) cut(passage);
    resolve({ error, sent, stale: upstream.reusedSocket && !(error instanceof TimeoutError) });
  };

  upstream.once('socket', () => {
    sent = true;
    sendBody(incoming, upstream);
  });
  upstream.once('continue', () => {
    if (incoming.headers.expect !== undefined) outgoing.writeContinue();
  });
  upstream.on('information', ({ statusCode, rawHeaders }) => {
    // 100 has come as `continue`; HTTP/1.0 doesn’t know any.
    if (statusCode === 100 || incoming.httpVersionMinor === 0 || outgoing.headersSent) return;
    // They are hints, and an app may send any number: none waits for a viewer who doesn’t read.
    if (outgoing.socket === null || outgoing.socket.writableNeedDrain) return;
    outgoing.writeInformation(statusCode, hintsForViewer(passage, rawHeaders));
  });
  upstream.once('response', (answer) => {
    answering = true;
    // It may break off before anybody reads it.
    answer.on('error', () => undefined);
    const proceed = () => {
      if (outgoing.destroyed) return fail(new Error('The viewer has gone.'));
      agent.answered(answer);
      incoming.socket.setTimeout(limits.idleMs);
      try {
        if (answer.statusCode === 101) throw new Error('Nobody asked for another protocol.');
        respond(passage, upstream, answer, visit.stickTo(replicaId));
        resolve(null);
      } catch (error) {
        // A status or a header that can’t be said to anybody.
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    };
    // 400 is what TLS servers say to plain HTTP, those that say something.
    if (answer.statusCode !== 400 || visit.protocol === 'https' || agent.proven) return proceed();
    void agent.speaksOther().then((other) => {
      if (other) fail(new WrongProtocolError());
      else proceed();
    });
  });
  if (tunnel) {
    upstream.once('upgrade', (answer, stream, head) => {
      agent.answered(answer);
      letGo();
      joinTunnel(passage, tunnel, { answer, stream, head, stick: visit.stickTo(replicaId) });
      resolve(null);
    });
  }
  upstream.on('error', fail);
  // The viewer has gone, and nothing else will be heard of it.
  upstream.once('close', () => {
    if (!answering) resolve({ error: new Error('It ended.'), sent, stale: false });
  });
  return promise;
}
