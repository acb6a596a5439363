import type { PortRequest } from '../portGateway.ts';

export const kinds = ['navigation', 'fetch', 'upgrade', 'HEAD', 'POST'] as const;
export type Kind = (typeof kinds)[number];

export type Ask = {
  /** As a browser of today would ask from the port’s own pages, or by a link; left out: a navigation. */
  kind?: Kind;
  target?: string;
  headers?: Record<string, string>;
  method?: string;
  body?: string;
  remoteAddress?: string;
};

const metadata = (mode: string, dest: string, site: string) => ({
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
  'sec-fetch-site': site,
});

/** What browsers say of requests of each kind. Chromium sends no metadata on upgrades. */
const shapes = (origin: string): Record<Kind, { method: string; headers: Record<string, string> }> => ({
  navigation: {
    method: 'GET',
    headers: { accept: 'text/html,*/*;q=0.8', ...metadata('navigate', 'document', 'none') },
  },
  fetch: { method: 'GET', headers: { accept: '*/*', ...metadata('cors', 'empty', 'same-origin') } },
  upgrade: { method: 'GET', headers: { origin } },
  HEAD: { method: 'HEAD', headers: metadata('cors', 'empty', 'same-origin') },
  POST: { method: 'POST', headers: { origin, ...metadata('cors', 'empty', 'same-origin') } },
});

/** A request as the transport hands it over. A header with the value `-` is left out. */
export function requestOf(label: string, ask: Ask): PortRequest {
  const { kind = 'navigation', target = '/', body = '', remoteAddress = '203.0.113.9' } = ask;
  const shape = shapes(`http://${label}.localhost:8080`)[kind];
  const given = Object.entries({ ...shape.headers, ...ask.headers }).filter(([, value]) => value !== '-');
  return {
    label,
    method: ask.method ?? shape.method,
    target,
    headers: new Headers(given),
    upgrade: kind === 'upgrade',
    remoteAddress,
    text: (limit) => Promise.resolve(body.length > limit ? null : body),
  };
}
