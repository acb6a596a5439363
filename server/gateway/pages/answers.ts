import { problemResponse } from '../../http/problem.ts';
import type { PortRequest } from '../portGateway.ts';
import { requestKind } from '../requestKind.ts';
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
  explain(explanation: Explanation, request: PortRequest, readableBy?: string | null): Response;
};

export async function createAnswers(): Promise<Answers> {
  const policies = await pagePolicies();

  const page = (explanation: Explanation, method: string): Response => {
    const { status, code, retries } = explanation;
    return new Response(method === 'HEAD' ? null : layout(explanation), {
      status,
      headers: {
        ...ownHeaders,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': retries === true ? policies.retrying : policies.still,
        'referrer-policy': 'same-origin',
        [PROBLEM_HEADER]: code,
      },
    });
  };

  return {
    page,
    explain(explanation, request, readableBy = null) {
      if (requestKind(request) === 'navigation') return page(explanation, request.method);
      return problem(explanation, request.method, readableBy);
    },
  };
}

/**
 * The problem document. Other origins may read it, since a page that calls a port has to learn that it must sign in;
 * `readableBy` is the one that may do so with the viewer’s cookie, which `*` doesn’t cover.
 */
function problem(explanation: Explanation, method: string, readableBy: string | null): Response {
  const { status, code, title, detail } = explanation;
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
        'access-control-allow-origin': readableBy ?? '*',
        'access-control-expose-headers': PROBLEM_HEADER,
        ...(readableBy === null ? {} : { 'access-control-allow-credentials': 'true', vary: 'Origin' }),
      },
    },
    crypto.randomUUID(),
  );
  return method === 'HEAD' ? new Response(null, response) : response;
}
