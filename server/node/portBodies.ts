import type { ClientRequest, IncomingMessage } from 'node:http';
import { cut, drainBehindAnswer } from './portAnswer.ts';
import {
  headersForApp,
  headersForViewer,
  pairs,
  trailersForApp,
  trailersForViewer,
  valuesOf,
  type RawHeaders,
} from './portHeaders.ts';
import type { Passage } from './portPassage.ts';
import { hasBody } from './portRequest.ts';

/** Methods to which Node doesn’t add `Transfer-Encoding: chunked` by itself. */
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

export function requestHeaders({ incoming, arrival, tunnel }: Passage): string[] {
  const { 'transfer-encoding': coding, 'content-length': length } = incoming.headers;
  // Trailers follow chunks alone, and Node refuses to announce them elsewhere.
  const announced = incoming.headers.trailer !== undefined && coding === undefined;
  const raw = announced ? without(incoming.rawHeaders, 'trailer') : incoming.rawHeaders;
  const headers = headersForApp(raw, arrival, tunnel !== null);
  if (coding !== undefined) headers.push('Transfer-Encoding', 'chunked');
  else if (length === undefined && !bodiless.has(incoming.method ?? '')) headers.push('Content-Length', '0');
  return headers;
}

const without = (raw: RawHeaders, name: string): string[] =>
  pairs(raw).flatMap(([each, value]) => (each.toLowerCase() === name ? [] : [each, value]));

/** Sends the body as it comes, at the pace of whoever is slower. */
export function sendBody(incoming: IncomingMessage, upstream: ClientRequest): void {
  if (!hasBody(incoming)) return void upstream.end();
  incoming.pipe(upstream, { end: false });
  incoming.once('end', () => {
    const trailers = trailersForApp(incoming.rawTrailers);
    if (trailers.length > 0) upstream.addTrailers(trailers);
    upstream.end();
  });
}

/** The headers of an informational answer, such as 103, which are held to what those of the answer itself are. */
export const hintsForViewer = ({ arrival }: Passage, raw: RawHeaders): string[] =>
  headersForViewer(raw, {
    installationId: arrival.installationId,
    stick: null,
    trailers: false,
    upgrade: false,
  });

/** Passes the app’s answer on. Throws where its head can’t be sent on; nothing was sent then. */
export function respond(
  passage: Passage,
  upstream: ClientRequest,
  answer: IncomingMessage,
  stick: string | null,
): void {
  const { incoming, outgoing, arrival } = passage;
  if (answer.errored) throw answer.errored;
  const status = answer.statusCode ?? 0;
  const hasContent = incoming.method !== 'HEAD' && status !== 204 && status !== 304;
  const headers = headersForViewer(answer.rawHeaders, {
    installationId: arrival.installationId,
    stick,
    trailers:
      hasContent &&
      incoming.httpVersionMinor > 0 &&
      valuesOf(answer.rawHeaders, 'content-length').length === 0,
    upgrade: false,
  });
  // The answer is the app’s: it has the date that the app gave it.
  outgoing.sendDate = false;
  outgoing.writeHead(status, answer.statusMessage ?? '', headers);

  answer.on('error', () => cut(passage));
  answer.pipe(outgoing, { end: false });
  answer.once('end', () => {
    if (outgoing.destroyed) return;
    const trailers = trailersForViewer(answer.rawTrailers);
    if (trailers.length > 0) outgoing.addTrailers(trailers);
    outgoing.end();
    if (upstream.writableFinished) return;
    // An early answer: what the app didn’t wait for isn’t sent to it any more.
    incoming.unpipe(upstream);
    upstream.destroy();
    drainBehindAnswer(incoming);
  });
  // The head goes out with the first bytes of the body, or alone where those take their time.
  setImmediate(() => {
    if (!outgoing.writableEnded) outgoing.flushHeaders();
  });
}
