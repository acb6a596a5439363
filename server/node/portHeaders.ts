import { withoutOwnCookies, withoutOwnSetCookies } from '../gateway/cookies.ts';

/** Headers as they stand on the wire: name, value, name, value. */
export type RawHeaders = readonly string[];

/** Of one connection alone, whether or not `Connection` names them (RFC 9110, section 7.6.1), and `Proxy` (CVE-2016-5385). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Who the viewer is, as far as proxies say it. From outside these are claims: left out, and ours put in their place. */
const aboutTheViewer = new Set([
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
]);

/** Without these a message is another one: `Connection` can’t have them left out. */
const essential = new Set(['host', 'content-length']);

/** Gateways of the CGI kind make `X_Forwarded_For` the same variable as `X-Forwarded-For`. */
const canonical = (name: string) => name.toLowerCase().replaceAll('_', '-');

const isOurs = (name: string) =>
  aboutTheViewer.has(name) || name.startsWith('x-forwarded-') || name.startsWith('culvert-');

/** Marks what was forwarded, so that it is known again when it comes back. */
export const LOOP_HEADER = 'Culvert-Forwarded-By';

/** This server and this port: an app may well pass on to another port what it got. */
export const loopMark = ({ installationId, host }: Pick<Arrival, 'installationId' | 'host'>): string =>
  `${installationId} ${host.toLowerCase()}`;

export type Arrival = {
  installationId: string;
  /** The viewer’s address, as far as it is known. */
  address: string | undefined;
  /** As the viewer sees them: `https`, `k3v9q2xa7m.ports.example.net`, `443`. */
  scheme: string;
  host: string;
  port: string;
};

/**
 * The headers for the app: as they came, in their order, without what concerns the viewer’s connection alone, our cookies
 * and headers; then who asks. `upgrade` is passed on where the request is one.
 */
export function headersForApp(raw: RawHeaders, arrival: Arrival, upgrade: boolean): string[] {
  const named = namedByConnection(raw);
  const headers: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    const plain = canonical(name);
    if (hopByHop.has(plain) || isOurs(plain)) continue;
    if (named.has(plain) && !essential.has(plain)) continue;
    if (plain !== 'cookie') headers.push(name, value);
    else {
      const others = withoutOwnCookies(value, arrival);
      if (others !== null) headers.push(name, others);
    }
  }
  const { address, scheme, host, port } = arrival;
  if (address !== undefined) headers.push('X-Forwarded-For', address, 'X-Real-IP', address);
  headers.push('X-Forwarded-Proto', scheme, 'X-Forwarded-Host', host, 'X-Forwarded-Port', port);
  headers.push('Forwarded', forwarded(arrival), LOOP_HEADER, loopMark(arrival));
  if (upgrade) headers.push('Connection', 'Upgrade', 'Upgrade', valuesOf(raw, 'upgrade').join(', '));
  else if (tokens(valuesOf(raw, 'te')).includes('trailers'))
    headers.push('Connection', 'TE', 'TE', 'trailers');
  return headers;
}

/** RFC 7239. */
function forwarded({ address, scheme, host }: Arrival): string {
  const who = address === undefined ? 'unknown' : address.includes(':') ? `"[${address}]"` : address;
  return `for=${who};host="${host}";proto=${scheme}`;
}

/**
 * The headers of the app’s answer for the viewer: as they came, in their order, without what concerns the connection to
 * the app alone and cookies named like ours, and with the cookie that has the viewer stay with a replica.
 */
export function headersForViewer(
  raw: RawHeaders,
  options: {
    installationId: string;
    stick: string | null;
    /** Whether trailers can follow: not to HTTP/1.0, nor after an answer without a body. */
    trailers: boolean;
    /** 101: what was switched to stays. */
    upgrade: boolean;
  },
): string[] {
  const named = namedByConnection(raw);
  const headers: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    const plain = name.toLowerCase();
    if (hopByHop.has(plain) || (named.has(plain) && !essential.has(plain))) continue;
    if (plain === 'trailer' && !options.trailers) continue;
    if (plain === 'set-cookie' && withoutOwnSetCookies([value], options).length === 0) continue;
    headers.push(name, value);
  }
  if (options.stick !== null) headers.push('Set-Cookie', options.stick);
  if (options.upgrade) headers.push('Connection', 'Upgrade', 'Upgrade', valuesOf(raw, 'upgrade').join(', '));
  return headers;
}

/** Trailers for the app. Some servers take them for headers, so what couldn’t come as one isn’t let through as the other. */
export function trailersForApp(raw: RawHeaders): [string, string][] {
  return pairs(raw).filter(([name]) => {
    const plain = canonical(name);
    return !hopByHop.has(plain) && !isOurs(plain) && !essential.has(plain) && plain !== 'cookie';
  });
}

export const trailersForViewer = (raw: RawHeaders): [string, string][] =>
  pairs(raw).filter(([name]) => !hopByHop.has(name.toLowerCase()) && name.toLowerCase() !== 'set-cookie');

export function pairs(raw: RawHeaders): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) found.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return found;
}

/** Every value of this header, which is given in lower case. */
export function valuesOf(raw: RawHeaders, name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const each = raw[at] ?? '';
    // Most names differ in length already, which takes no time to see.
    if (each.length === name.length && each.toLowerCase() === name) values.push(raw[at + 1] ?? '');
  }
  return values;
}

/** The members of lists, in lower case. */
export const tokens = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(',')).map((token) => token.trim().toLowerCase());

const namedByConnection = (raw: RawHeaders) => new Set(tokens(valuesOf(raw, 'connection')).map(canonical));
