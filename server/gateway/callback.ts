import { decidePortAccess } from '../../contract/portAccess.ts';
import { portUrl } from '../ports/portUrl.ts';
import { issueToken } from '../session/tokens.ts';
import { cookieNames, setCookieLine } from './cookies.ts';
import { challengeOf, endFlow, isFlow, readFlow } from './flows.ts';
import { findForwardedPort, isMember } from './lookup.ts';
import { codeSpent, noSuchPort, startedElsewhere } from './pages/accessPages.ts';
import type { Answers } from './pages/answers.ts';
import type { GatewayDeps, PortRequest } from './portGateway.ts';
import { seeOther } from './redirect.ts';
import { spendCode } from './signInCodes.ts';

/** Where the dashboard sends a browser back to, on the port’s host. */
export const CALLBACK_PATH = '/.culvert/callback';

/** Milliseconds that a sign-in at a port lasts. Absolute: use doesn’t prolong it. */
export const ACCESS_MS = 3 * 3_600_000;

/**
 * Ends the handshake: swaps the single-use code for the port’s own cookie. The nonce in the flow’s cookie proves that this
 * browser began it: else anybody could have a victim signed in as themselves. A code is spent by showing it, whatever
 * comes of that.
 */
export async function finishSignIn(
  deps: GatewayDeps,
  answers: Answers,
  request: PortRequest,
): Promise<Response> {
  const { db, clock, settings } = deps;
  const query = new URL(request.target, 'http://port').searchParams;
  const flow = query.get('flow') ?? '';
  const begun = isFlow(flow) ? readFlow(request.headers.get('cookie'), flow, settings) : null;
  const challenge = await challengeOf(begun?.nonce ?? '');
  const code = await spendCode(db, clock, query.get('code') ?? '');
  if (begun === null) return answers.page(startedElsewhere, request.method);
  if (code === null) return answers.page(codeSpent, request.method);
  if (code.challenge !== challenge) return answers.page(startedElsewhere, request.method);

  const port = await findForwardedPort(db, request.label);
  const meant = port !== null && code.portId === port.id && code.accessEpoch === port.accessEpoch;
  if (!meant) return answers.page(codeSpent, request.method);
  const member = await isMember(db, port.teamId, code.userId);
  const viewer = { kind: 'session', userId: code.userId, member } as const;
  if (decidePortAccess(port, viewer, port.policy, clock.now()) !== 'allow') {
    return answers.page(noSuchPort, request.method);
  }
  const token = await issueToken(db, clock, {
    kind: 'port',
    userId: code.userId,
    portId: port.id,
    accessEpoch: port.accessEpoch,
    sessionId: code.sessionId,
    lifetimeMs: ACCESS_MS,
  });
  const expires = new Date(clock.now() + ACCESS_MS);
  return seeOther(`${portUrl(settings, request.label) ?? ''}${begun.path}`, [
    setCookieLine(cookieNames(settings).access, token.text, { expires }),
    endFlow(flow, settings),
  ]);
}
