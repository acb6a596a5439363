import type { ServerSettings } from '../deps.ts';
import { sessionCookieName } from '../session/sessionCookie.ts';

type Installation = Pick<ServerSettings, 'installationId'>;

/**
 * The cookies on a port’s host. Each is that host’s alone (`__Host-`), out of reach of scripts, and named for the
 * installation, because two servers on one machine share cookies.
 */
export const cookieNames = (settings: Installation) => {
  const prefix = sessionCookieName(settings);
  return {
    /** What every cookie of this installation begins with. */
    prefix,
    /** Lets its holder in. */
    access: `${prefix}-port`,
    /** Holds what one sign-in has begun with. */
    flow: (flow: string) => `${prefix}-flow-${flow}`,
    /** The page that warns of public ports was read. */
    seen: `${prefix}-seen`,
    /** The replica this viewer stays with. */
    replica: `${prefix}-replica`,
  };
};

/** Name and value of each pair of a `Cookie` header, in its order (RFC 6265, section 4.2). */
export function readCookies(header: string | null): { name: string; value: string }[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at === -1 ? [] : [{ name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() }];
  });
}

/** Every value of this name: a browser sends one, unless a host beside this one found a way to add its own. */
export const cookieValues = (header: string | null, name: string): string[] =>
  readCookies(header).flatMap((cookie) => (cookie.name === name ? [cookie.value] : []));

/** A `Set-Cookie` line. `life`: seconds from now, or a moment; left out: until the browser closes. */
export function setCookieLine(name: string, value: string, life?: { maxAge: number } | { expires: Date }) {
  const lasting =
    life === undefined
      ? ''
      : 'maxAge' in life
        ? `; Max-Age=${life.maxAge}`
        : `; Expires=${life.expires.toUTCString()}`;
  return `${name}=${value}; Path=/${lasting}; Secure; HttpOnly; SameSite=Lax`;
}

export const clearCookieLine = (name: string): string => setCookieLine(name, '', { maxAge: 0 });

/**
 * Browsers read a pair without a name as its value alone, and so would send `=__Host-…=x` back as one of ours; blanks
 * around names don’t count (RFC 6265bis, section 5.7).
 */
const isOurs = (pair: string, prefix: string): boolean =>
  pair
    .replace(/^[\s=]+/, '')
    .toLowerCase()
    .startsWith(prefix.toLowerCase());

/**
 * The `Cookie` header as the app behind the port may see it: without ours, the others byte for byte as they came. Null
 * where none is left.
 */
export function withoutOwnCookies(header: string, settings: Installation): string | null {
  const { prefix } = cookieNames(settings);
  const pairs = header.split(';');
  const others = pairs.filter((pair) => !isOurs(pair, prefix));
  if (others.length === pairs.length) return header;
  const left = others.join(';').replace(/^ +/, '');
  return left === '' ? null : left;
}

/** The app’s `Set-Cookie` lines without those that would overwrite one of ours. */
export function withoutOwnSetCookies(lines: readonly string[], settings: Installation): string[] {
  const { prefix } = cookieNames(settings);
  return lines.filter((line) => !isOurs(line, prefix));
}
