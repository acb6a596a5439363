import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { chunks } from './content.ts';
import { homePage, watchPage } from './pages.ts';

/** Between two lines of `/stream` and two events of `/events`. */
const BEAT_MS = 100;

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** The app called `name`: see each path. */
export function answer(name: string): RequestListener {
  const handlers: Readonly<Record<string, Handler>> = {
    '/': (_request, response) => html(response, homePage(name)),
    /** A page that keeps a stream, events and a WebSocket open, and says when each ended. */
    '/watch': (_request, response) => html(response, watchPage),
    '/name': (_request, response) => void response.end(name),
    '/echo': echo,
    '/stream': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      beat(response, (n) => `line ${n} of ${name}\n`);
    },
    '/events': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      beat(response, (n) => `id: ${n}\ndata: event ${n} of ${name}\n\n`);
    },
    '/download': download,
    '/upload': upload,
    /** Sets the cookies that the query names: `?a=1&b=2`. */
    '/cookies': (_request, response, { searchParams }) => {
      response.setHeader(
        'set-cookie',
        [...searchParams].map(([cookie, value]) => `${cookie}=${value}; Path=/; Secure; HttpOnly`),
      );
      response.end('set');
    },
  };
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://app');
    const handler = Object.hasOwn(handlers, url.pathname) ? handlers[url.pathname] : undefined;
    if (!handler) {
      response
        .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
        .end(`${name} has no such page`);
      return;
    }
    Promise.resolve(handler(request, response, url)).catch(() => response.destroy());
  };
}

function html(response: ServerResponse, page: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}

/** Writes for as long as somebody reads. */
function beat(response: ServerResponse, text: (n: number) => string): void {
  let n = 0;
  response.write(text(n));
  const timer = setInterval(() => response.write(text((n += 1))), BEAT_MS);
  response.on('close', () => {
    clearInterval(timer);
  });
}

/** What the app sees of a request, as JSON; names of headers as they came. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  const { method, url, rawHeaders } = request;
  const headers = rawHeaders.flatMap((header, index) =>
    index % 2 === 0 ? [[header, rawHeaders[index + 1] ?? '']] : [],
  );
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ method, url, headers, body }));
}

/** `?bytes=` of content that is always the same, whole or the range asked for; whole, with its sha256 in a trailer. */
async function download(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const size = Number(url.searchParams.get('bytes'));
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    response.writeHead(206, {
      'content-range': `bytes ${from}-${to}/${size}`,
      'content-length': to - from + 1,
    });
    await pipeline(chunks(from, to + 1), response);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', trailer: 'X-Sha256' });
  const hash = createHash('sha256');
  for (const chunk of chunks(0, size)) {
    hash.update(chunk);
    if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.addTrailers({ 'X-Sha256': hash.digest('hex') });
  response.end();
}

/** Says how much came, and its sha256. */
async function upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    hash.update(chunk);
    bytes += chunk.length;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ bytes, sha256: hash.digest('hex') }));
}
