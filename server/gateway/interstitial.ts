import type { ServerSettings } from '../deps.ts';
import { portUrl } from '../ports/portUrl.ts';
import { cookieNames, cookieValues, setCookieLine } from './cookies.ts';
import { provenance } from './originRule.ts';
import { notFromHere } from './pages/accessPages.ts';
import type { Answers } from './pages/answers.ts';
import type { PortRequest } from './portGateway.ts';
import { seeOther } from './redirect.ts';
import { requestKind, wantsHtml } from './requestKind.ts';
import { returnPath } from './returnPath.ts';

/** Seconds. The longest that browsers keep a cookie, or nearly. */
const REMEMBERED = 365 * 86_400;
/** Bytes of the form: a path, percent-encoded at worst. */
const FORM_MAX = 16_384;

/** Programs that look like browsers send this header to be let through. */
const SKIP_HEADER = 'culvert-skip-interstitial';

/** Whether this visit to a public port, by somebody who showed nothing, has to be confirmed first. */
export function needsConfirmation(request: PortRequest, settings: ServerSettings): boolean {
  const { method, headers } = request;
  return (
    settings.portsInterstitial &&
    method === 'GET' &&
    requestKind(request) === 'navigation' &&
    wantsHtml(headers) &&
    !headers.has(SKIP_HEADER) &&
    cookieValues(headers.get('cookie'), cookieNames(settings).seen).length === 0
  );
}

/** Remembers that this browser goes on, and lets it. Only the page’s own button may say so, no link of somebody else. */
export async function confirmVisit(
  request: PortRequest,
  answers: Answers,
  settings: ServerSettings,
): Promise<Response> {
  const origin = portUrl(settings, request.label) ?? '';
  if (provenance(request, requestKind(request), origin).from !== 'own') {
    return answers.page(notFromHere, request.method);
  }
  const form = new URLSearchParams((await request.text(FORM_MAX)) ?? '');
  const path = returnPath(form.get('to') ?? '/');
  return seeOther(`${origin}${path}`, [
    setCookieLine(cookieNames(settings).seen, '1', { maxAge: REMEMBERED }),
  ]);
}
