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
