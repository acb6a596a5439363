import { decodeBase64Url, encodeBase64Url } from '../base64url.ts';
import type { ServerSettings } from '../deps.ts';
import { clearCookieLine, cookieNames, cookieValues, readCookies, setCookieLine } from './cookies.ts';
import { returnPath } from './returnPath.ts';

type Installation = Pick<ServerSettings, 'installationId'>;

/** Seconds that somebody has for signing in. */
const FLOW_SECONDS = 300;
/** Sign-ins that one browser may have begun at one port, such as in several tabs. The oldest ones go first. */
const FLOWS_MAX = 3;

const random = (bytes: number) => encodeBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));

/** sha256 of the nonce: the dashboard is told this alone, so that nobody who sees its addresses holds the nonce. */
export async function challengeOf(nonce: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(nonce));
  return encodeBase64Url(new Uint8Array(digest));
}

/**
 * Begins a sign-in: the browser keeps a nonce and where it wanted to go in a cookie of the port’s host, named for this
 * flow, so that several tabs don’t disturb each other.
 */
export async function beginFlow(
  cookieHeader: string | null,
  target: string,
  settings: Installation,
): Promise<{ flow: string; challenge: string; cookies: string[] }> {
  const flow = random(6);
  const nonce = random(32);
  const path = encodeBase64Url(new TextEncoder().encode(returnPath(target)));
  const begun = flowCookies(cookieHeader, settings);
  const surplus = begun.slice(0, Math.max(0, begun.length - (FLOWS_MAX - 1)));
  return {
    flow,
    challenge: await challengeOf(nonce),
    cookies: [
      setCookieLine(cookieNames(settings).flow(flow), `${nonce}.${path}`, { maxAge: FLOW_SECONDS }),
      ...surplus.map(clearCookieLine),
    ],
  };
}

/** What the browser kept of this flow, or null where it didn’t begin here. */
export function readFlow(
  cookieHeader: string | null,
  flow: string,
  settings: Installation,
): { nonce: string; path: string } | null {
  const value = cookieValues(cookieHeader, cookieNames(settings).flow(flow))[0];
  const [, nonce, path] = /^([\w-]{43})\.([\w-]+)$/.exec(value ?? '') ?? [];
  if (nonce === undefined || path === undefined) return null;
  return { nonce, path: returnPath(decoded(path)) };
}

/** Removes what the browser kept of this flow. */
export const endFlow = (flow: string, settings: Installation): string =>
  clearCookieLine(cookieNames(settings).flow(flow));

/** Names of the flows in the header; browsers send the oldest first (RFC 6265, section 5.4). */
const flowCookies = (cookieHeader: string | null, settings: Installation): string[] => {
  const prefix = cookieNames(settings).flow('');
  const names = readCookies(cookieHeader).map(({ name }) => name);
  return names.filter((name) => name.startsWith(prefix) && isFlow(name.slice(prefix.length)));
};

export const isFlow = (text: string): boolean => /^[\w-]{8}$/.test(text);
export const isChallenge = (text: string): boolean => /^[\w-]{43}$/.test(text);

function decoded(base64: string): string {
  try {
    return new TextDecoder().decode(decodeBase64Url(base64));
  } catch {
    return '/';
  }
}
