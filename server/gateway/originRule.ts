import type { PortRequest } from './portGateway.ts';
import type { RequestKind } from './requestKind.ts';

/** own: of the port itself · foreign: of nobody who may use the viewer’s cookie · another origin, which may be a sibling’s. */
export type Provenance = { from: 'own' } | { from: 'foreign' } | { from: 'origin'; origin: string };

/**
 * Whose request this is, as far as the browser says: every port of a ports domain may be same-site with every other, so
 * `SameSite` alone keeps none of them from using the viewer’s cookie at another. `Origin` decides where there is one;
 * where there is none, `Sec-Fetch-Site`, which no page can forge; where there is neither, only reading by a program that
 * isn’t a browser of today passes. A top-level navigation is a link that somebody followed.
 */
export function provenance(
  { method, headers }: PortRequest,
  kind: RequestKind,
  ownOrigin: string,
): Provenance {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const dest = headers.get('sec-fetch-dest');
  if (kind === 'navigation' && (dest === 'document' || (dest === null && origin === null)))
    return { from: 'own' };
  if (origin === ownOrigin) return { from: 'own' };
  if (origin !== null && origin !== 'null') return { from: 'origin', origin };
  // A form of a page with `Referrer-Policy: no-referrer` says “null” even to its own origin (Fetch, 3.2).
  if (site === 'same-origin') return { from: 'own' };
  if (origin !== null || kind === 'upgrade') return { from: 'foreign' };
  const reads = method === 'GET' || method === 'HEAD';
  return reads && (site === null || site === 'none') ? { from: 'own' } : { from: 'foreign' };
}
