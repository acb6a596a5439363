import { labelOfOrigin, type HostSettings } from './hosts.ts';
import { ownHeaders } from './pages/answers.ts';
import type { PortRequest } from './portGateway.ts';

const methodGrammar = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/;
const headerListGrammar = /^[!#$%&'*+.^_`|~0-9A-Za-z\-, ]{0,2000}$/;

/**
 * The answer to a preflight (Fetch, 4.8) that somebody’s page on one port makes of another, or null for what is none.
 * Browsers send it without cookies, so nobody can be let in by it, and refused it would keep the pages of a workspace from
 * their own APIs. It allows the question alone: the request that follows comes with the cookie and is decided upon, and a
 * page of another workspace is refused then. Ports that aren’t there are answered the same.
 */
export function answerPreflight({ method, headers }: PortRequest, settings: HostSettings): Response | null {
  const origin = headers.get('origin');
  const wanted = headers.get('access-control-request-method');
  if (method !== 'OPTIONS' || origin === null || wanted === null) return null;
  const wantedHeaders = headers.get('access-control-request-headers') ?? '';
  if (!methodGrammar.test(wanted) || !headerListGrammar.test(wantedHeaders)) return null;
  if (labelOfOrigin(origin, settings) === null) return null;
  return new Response(null, {
    status: 204,
    headers: {
      ...ownHeaders,
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': wanted,
      ...(wantedHeaders === '' ? {} : { 'access-control-allow-headers': wantedHeaders }),
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    },
  });
}
