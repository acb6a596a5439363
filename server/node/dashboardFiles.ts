import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { dashboardHeaders } from '../http/securityHeaders.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};
const compressible = /^(?:text\/|application\/|image\/svg)/;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

type Encoding = 'br' | 'gzip' | 'identity';
type StaticFile = {
  type: string;
  etag: string;
  /** The name holds a hash of the content: what it names never changes. */
  immutable: boolean;
  body(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>>;
};

/** Answers a request for one of the dashboard's files, or with its page for any path that is a place in the dashboard. */
export type DashboardFiles = (request: Request) => Promise<Response>;

/** Serves a built dashboard from memory: it is small, and never changes while the server runs. */
export async function createDashboardFiles(folder: string): Promise<DashboardFiles> {
  const files = await readFolder(folder);
  const index = files.get('/index.html');
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plain(405, 'There is nothing to write to here.', { allow: 'GET, HEAD' });
    }
    const { pathname } = new URL(request.url);
    // The names of VPNs may hold dots: only what ends like a file is one.
    const isPlace = !Object.hasOwn(types, extname(pathname));
    const file = files.get(pathname) ?? (isPlace ? index : undefined);
    if (file) return await answer(request, file);
    if (isPlace) return plain(503, 'The dashboard is not built. Run: npm run build');
    return plain(404, 'There is no such file.');
  };
}

async function answer(request: Request, file: StaticFile): Promise<Response> {
  const headers = new Headers(dashboardHeaders);
  headers.set('etag', file.etag);
  headers.set('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  headers.set('vary', 'accept-encoding');
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const encoding = compressible.test(file.type) ? accepted(request) : 'identity';
  if (encoding !== 'identity') headers.set('content-encoding', encoding);
  headers.set('content-type', file.type);
  const body = await file.body(encoding);
  headers.set('content-length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

function accepted(request: Request): Encoding {
  const header = request.headers.get('accept-encoding') ?? '';
  if (/\bbr\b/.test(header)) return 'br';
  return /\bgzip\b/.test(header) ? 'gzip' : 'identity';
}

const plain = (status: number, text: string, headers: Record<string, string> = {}) =>
  new Response(`${text}\n`, {
    status,
    headers: { ...dashboardHeaders, ...headers, 'content-type': 'text/plain; charset=utf-8' },
  });

async function readFolder(folder: string): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    // A build that runs at this moment may have taken it away.
    const content = await readFile(path).catch(() => null);
    if (content) files.set(name, staticFile(name, new Uint8Array(content)));
  }
  return files;
}

function staticFile(name: string, content: Uint8Array<ArrayBuffer>): StaticFile {
  const type = types[extname(name)] ?? 'application/octet-stream';
  const compressed = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    type,
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    immutable: name.startsWith('/assets/'),
    body: (encoding) => {
      const known = compressed.get(encoding) ?? compress(content, encoding);
      compressed.set(encoding, known);
      return known;
    },
  };
}

async function compress(
  content: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'identity') return content;
  if (encoding === 'gzip') return new Uint8Array(await zip(content));
  // Level 9 of 11: nearly as small, in a fraction of the time that the first visitor waits.
  return new Uint8Array(await brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}
