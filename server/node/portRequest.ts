import type { IncomingMessage } from 'node:http';
import type { PortRequest } from '../gateway/portGateway.ts';
import { portLimits } from './portLimits.ts';
import { LOOP_HEADER, loopMark, tokens, valuesOf } from './portHeaders.ts';

/** Whether a connection may leave HTTP for what this request asks. Node asks before it reads on. */
export function isUpgrade(request: IncomingMessage): boolean {
  // With a body, what comes behind the head could be taken for one thing here and for another by the app.
  if (request.method !== 'GET' || hasBody(request)) return false;
  // HTTP/2 in plain text would carry requests past everything that is decided for each one.
  return !tokens(valuesOf(request.rawHeaders, 'upgrade')).some((protocol) => /^h2c?(?:$|\/)/.test(protocol));
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * What is wrong with a request as a request to a forwarded port; null: nothing. Node’s parser has refused already what can be read
 * in two ways (both lengths, several lengths, folded headers, blanks before a colon, bare line feeds).
 */
export function requestProblem(
  request: IncomingMessage,
  installationId: string,
): { status: 400 | 501 | 508; message: string } | null {
  const { method = '', url = '', rawHeaders } = request;
  if (valuesOf(rawHeaders, 'host').length !== 1) return bad('A request names one host.');
  if (method === 'CONNECT') return bad('This is not a proxy.');
  const target = url.startsWith('/') || (url === '*' && method === 'OPTIONS');
  if (!target || url.includes('#')) return bad('The target of a request is a path.');
  const codings = tokens(valuesOf(rawHeaders, 'transfer-encoding'));
  if (codings.length > 1 || (codings[0] ?? 'chunked') !== 'chunked') {
    return { status: 501, message: 'The one transfer coding here is chunked.' };
  }
  // The server's own port, forwarded from an agent beside it: each round would open another connection, without end.
  const mark = loopMark({ installationId, host: request.headers.host ?? '' });
  if (valuesOf(rawHeaders, LOOP_HEADER.toLowerCase()).includes(mark)) {
    return { status: 508, message: 'This port leads back to the server that forwards it.' };
  }
  return null;
}

const bad = (message: string) => ({ status: 400, message }) as const;

/** The request as the gateway decides on it. */
export function portRequest(
  request: IncomingMessage,
  label: string,
  options: { upgrade: boolean; remoteAddress: string | undefined },
): PortRequest {
  const { headers } = request;
  return {
    label,
    method: request.method ?? '',
    target: request.url ?? '',
    headers: {
      get: (name) => headers[name]?.toString() ?? null,
      has: (name) => headers[name] !== undefined,
    },
    ...options,
    text: (limit) => readText(request, limit),
  };
}

async function readText(request: IncomingMessage, limit: number): Promise<string | null> {
  const timer = setTimeout(() => request.destroy(), portLimits.formMs);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) return null;
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
