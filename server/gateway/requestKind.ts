import type { PortRequest, RequestHeaders } from './portGateway.ts';

/**
 * navigation: a browser opens the address, so a page or a redirect helps · upgrade: a WebSocket or alike · fetch: anything
 * else, answered for programs.
 */
export type RequestKind = 'navigation' | 'upgrade' | 'fetch';

/**
 * By what the browser says of itself (Fetch Metadata); where it says nothing, as browsers do over plain http to hosts
 * that aren’t loopback, by what it would like to read.
 */
export function requestKind({ method, headers, upgrade }: PortRequest): RequestKind {
  if (upgrade) return 'upgrade';
  if (method !== 'GET' && method !== 'HEAD') return 'fetch';
  const speaks = metadata.some((name) => headers.has(name));
  const opens = speaks ? headers.get('sec-fetch-mode') === 'navigate' : wantsHtml(headers);
  return opens ? 'navigation' : 'fetch';
}

const metadata = ['sec-fetch-mode', 'sec-fetch-site', 'sec-fetch-dest'] as const;

/** Whether `Accept` names HTML; a bare `*` doesn’t, since programs send that. */
export const wantsHtml = (headers: RequestHeaders): boolean =>
  (headers.get('accept') ?? '').split(',').some((part) => /^\s*text\/html\s*(?:;|$)/i.test(part));

/** Whether a navigation is of a window or tab. Frames can be made by the dozen, and none of them can sign in. */
export const isTopLevel = ({ headers }: PortRequest): boolean =>
  (headers.get('sec-fetch-dest') ?? 'document') === 'document';
