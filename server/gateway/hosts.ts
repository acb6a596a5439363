import type { ServerSettings } from '../deps.ts';
import { portUrl } from '../ports/portUrl.ts';

export type HostSettings = Pick<ServerSettings, 'publicUrl' | 'portsDomain'>;

/** What a request’s `Host` leads to: the dashboard and the API, a forwarded port, or nothing that there is. */
export type HostTarget = { kind: 'dashboard' } | { kind: 'port'; label: string } | { kind: 'unknown' };

/** Labels that no port ever has, because people take such hosts for a part of the product. */
const reserved = new Set(['app', 'www', 'api', 'admin']);

/** `uri-host [ ":" port ]` (RFC 9110, section 7.2) as far as it names hosts that there are: no userinfo, no lists, ASCII alone. */
const grammar = /^(?<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(?::\d{0,5})?$/i;
const labelGrammar = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads the `Host` of a request: give all values that came, since two of them are a trick. Exactly one label below the
 * ports domain is a port (cookies of `a.b.domain` and `b.domain` would be same-site even where every port is a site of
 * its own), deeper ones and reserved ones are nothing. Whatever isn’t below the domain is the dashboard’s, and so is a
 * request that names no host.
 */
export function readHost(
  host: string | readonly string[] | undefined,
  { publicUrl, portsDomain }: HostSettings,
): HostTarget {
  const values = typeof host === 'string' ? [host] : (host ?? []);
  if (values.length > 1) return { kind: 'unknown' };
  const value = values[0] ?? '';
  if (value === '') return { kind: 'dashboard' };
  const name = grammar.exec(value)?.groups?.['name']?.toLowerCase().replace(/\.$/, '');
  if (name === undefined) return { kind: 'unknown' };
  if (portsDomain === null || name === new URL(publicUrl).hostname) return { kind: 'dashboard' };
  if (!name.endsWith(`.${portsDomain}`)) return { kind: 'dashboard' };
  const label = name.slice(0, -portsDomain.length - 1);
  return isLabel(label) ? { kind: 'port', label } : { kind: 'unknown' };
}

/** Whether a port could have this label. */
export const isLabel = (text: string): boolean => labelGrammar.test(text) && !reserved.has(text);

/** The label of the port whose origin this is, or null: `null`, other sites, the dashboard, other schemes and ports. */
export function labelOfOrigin(origin: string, settings: HostSettings): string | null {
  if (settings.portsDomain === null || !URL.canParse(origin)) return null;
  const target = readHost(new URL(origin).host, settings);
  if (target.kind !== 'port') return null;
  return portUrl(settings, target.label) === origin ? target.label : null;
}
