/**
 * Only paths of this dashboard: an address that somebody else put into a link must not lead away after signing in.
 * Browsers drop tabs and line breaks from addresses and read `\` as `/` (WHATWG URL, 4.4), so neither passes.
 */
export const safeDestination = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(to) && !to.startsWith('/sign-in') ? to : '/';

/**
 * The label of the forwarded port that signing in leads to, or null. From the address, so anybody may have put it there:
 * whether there is such a port isn’t known before signing in.
 */
export function portToOpen(to: string | undefined): string | null {
  if (to === undefined || !isServersPage(to)) return null;
  const label = new URLSearchParams(to.slice(to.indexOf('?'))).get('port') ?? '';
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label) ? label : null;
}

/** The server’s own pages on this origin: the dashboard’s router knows none of them, so only a full navigation leads there. */
export const isServersPage = (destination: string): boolean => destination.startsWith('/port-auth?');
