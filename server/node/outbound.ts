import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Outbound } from '../deps.ts';
import { OutboundError } from '../outboundError.ts';
import { isPublicAddress } from './publicAddress.ts';

const LIMITS = { bytes: 256 * 1024, ms: 5_000 };

/** `dns.lookup`, asked for all addresses of a name. */
type Resolve = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * What the server sends to addresses that people typed. The name is resolved and judged once, at the connection itself, so that
 * no second answer of DNS leads elsewhere. `allowPrivate` is for issuers inside of the operator’s own network: plain http and
 * every address then.
 */
export const createOutbound = (options: {
  allowPrivate: boolean;
  limits?: typeof LIMITS;
  /** Who is asked for addresses. */
  resolve?: Resolve;
}): Outbound => {
  const { allowPrivate, limits = LIMITS, resolve = lookup } = options;
  return async (address, init = {}) => {
    const url = URL.parse(address);
    if (
      url === null ||
      (url.protocol !== 'https:' && url.protocol !== 'http:') ||
      url.username ||
      url.password
    ) {
      throw new OutboundError('refused', `“${address}” is not an address that can be asked.`);
    }
    if (url.protocol === 'http:' && !allowPrivate) {
      throw new OutboundError('refused', `${url.origin} must be reached by https.`);
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // Written as an address there is no lookup that could judge it.
    if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(url.hostname);
    const signals = [AbortSignal.timeout(limits.ms), ...(init.signal ? [init.signal] : [])];
    const sent = new Request(url, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
    const body = Buffer.from(await sent.arrayBuffer());
    return await exchange(sent, body, {
      lookup: resolving(resolve, (found) => allowPrivate || isPublicAddress(found)),
      maxBytes: limits.bytes,
    });
  };
};

const notPublic = (host: string) =>
  new OutboundError(
    'refused',
    `${host} leads to a private address. The operator can allow that: CULVERT_ALLOW_PRIVATE_ISSUERS.`,
  );

function exchange(
  sent: Request,
  body: Buffer,
  options: { lookup: LookupFunction; maxBytes: number },
): Promise<Response> {
  const url = new URL(sent.url);
  const send = url.protocol === 'https:' ? requestTls : requestPlain;
  const headers = {
    ...Object.fromEntries(sent.headers),
    ...(body.length > 0 ? { 'content-length': body.length } : {}),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) =>
      reject(
        error instanceof OutboundError ? error : new OutboundError('unreachable', unreachable(url, error)),
      );
    const request = send(url, {
      method: sent.method,
      headers,
      agent: false,
      signal: sent.signal,
      lookup: options.lookup,
    });
    request.on('error', fail);
    request.on('response', (incoming) => {
      readAnswer(incoming, url, options.maxBytes).then(resolve, fail);
    });
    request.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage, url: URL, maxBytes: number): Promise<Response> {
  const status = incoming.statusCode ?? 502;
  if (status >= 300 && status < 400) {
    incoming.destroy();
    throw new OutboundError(
      'redirect',
      `${url.origin} answers with a redirect. Use the address that it leads to.`,
    );
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const piece: Buffer = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > maxBytes)
      throw new OutboundError('too-large', `${url.origin} answers with more than ${maxBytes / 1024} KB.`);
    chunks.push(piece);
  }
  const headers = new Headers();
  for (const name of ['content-type', 'cache-control', 'age', 'date', 'www-authenticate', 'dpop-nonce']) {
    const value = incoming.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const empty = status === 204 || status === 205 || status < 200;
  return new Response(empty ? null : Buffer.concat(chunks), { status: status < 200 ? 502 : status, headers });
}

/** Judges what a name leads to, once: the connection goes to what was judged. */
const resolving =
  (resolve: Resolve, mayBeAsked: (address: string) => boolean): LookupFunction =>
  (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const [first] = found;
      if (!first || !found.every(({ address }) => mayBeAsked(address))) return callback(notPublic(host), '');
      if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };

function unreachable(url: URL, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why: Record<string, string> = {
    ENOTFOUND: 'its name is not known',
    EAI_AGAIN: 'its name can’t be looked up now',
    ECONNREFUSED: 'it refuses the connection',
    ECONNRESET: 'it ends the connection',
    ABORT_ERR: 'it doesn’t answer in time',
  };
  const certificate = /^(?:CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code);
  return `${url.origin} can’t be reached: ${why[code] ?? (certificate ? 'its certificate isn’t valid here' : 'the connection failed')}.`;
}
