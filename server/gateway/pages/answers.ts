import { problemResponse } from '../../http/problem.ts';
import { labelOfOrigin, type HostSettings } from '../hosts.ts';
import type { PortRequest } from '../portGateway.ts';
import { requestKind } from '../requestKind.ts';
import { foreignOrigin } from './accessPages.ts';
import type { Explanation } from './explanation.ts';
import { layout, pagePolicies } from './layout.ts';
import { PROBLEM_HEADER } from './retryScript.ts';

/** Of everything that the gateway answers itself: kept and indexed by nobody. */
export const ownHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

export type Answers = {
  /** The page, whoever asked. */
  page(explanation: Explanation, method: string): Response;
  /** The page for a navigation, the problem document for anything else. */
  explain(explanation: Explanation, request: PortRequest): Response;
};

export async function createAnswers(settings: HostSettings): Promise<Answers> {
  const policies = await pagePolicies();

  const page = (explanation: Explanation, method: string): Response => {
    const { status, code, retries, posts } = explanation;
    return new Response(method === 'HEAD' ? null : layout(explanation), {
      status,
      headers: {
        ...ownHeaders,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': retries === true ? policies.retrying : policies.still,
        // With `no-referrer`, browsers would name no origin when the form is sent.
        'referrer-policy': posts === true ? 'same-origin' : 'no-referrer',
        [PROBLEM_HEADER]: code,
      },
    });
  };

  return {
    page,
    explain: (explanation, request) =>
      requestKind(request) === 'navigation'
        ? page(explanation, request.method)
        : problem(explanation, request, settings),
  };
}

/**
 * The problem document. Other origins may read it, since a page that calls a port has to learn that it must sign in; with
 * the viewer’s cookie, which `*` doesn’t cover, other ports may. Who uses a cookie that isn’t theirs to use reads nothing.
 */
function problem(explanation: Explanation, request: PortRequest, settings: HostSettings): Response {
  const { status, code, title, detail } = explanation;
  const origin = request.headers.get('origin') ?? '';
  const withCookie = code !== foreignOrigin.code && labelOfOrigin(origin, settings) !== null;
  const response = problemResponse(
    {
      status,
      code,
      title,
      detail,
      headers: {
        ...ownHeaders,
        'referrer-policy': 'no-referrer',
        [PROBLEM_HEADER]: code,
        'access-control-allow-origin': withCookie ? origin : '*',
        'access-control-expose-headers': PROBLEM_HEADER,
        ...(withCookie ? { 'access-control-allow-credentials': 'true' } : {}),
        vary: 'Origin',
      },
    },
    crypto.randomUUID(),
  );
  return request.method === 'HEAD' ? new Response(null, response) : response;
}
