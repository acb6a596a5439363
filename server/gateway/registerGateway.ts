import { decidePortAccess } from '../../contract/portAccess.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { portUrl } from '../ports/portUrl.ts';
import { CALLBACK_PATH } from './callback.ts';
import { isChallenge, isFlow } from './flows.ts';
import { isLabel } from './hosts.ts';
import { findForwardedPort, isMember, noPolicy } from './lookup.ts';
import { badAddress, noSuchPort } from './pages/accessPages.ts';
import { createAnswers } from './pages/answers.ts';
import { seeOther } from './redirect.ts';
import { issueCode } from './signInCodes.ts';

/** Where a port’s host sends browsers to sign in. A page of the server, not of the dashboard. */
export const PORT_AUTH_PATH = '/port-auth';

/**
 * The dashboard’s half of the handshake: tells the port’s host, by a code that is good once and in the browser that began,
 * who is signed in here. It only ever redirects to the known host of that port.
 */
export function registerGateway(app: App, deps: Deps): void {
  const { db, clock, settings } = deps;
  const answers = createAnswers(settings);

  app.get(PORT_AUTH_PATH, async (c) => {
    const { page } = await answers;
    const { port: label = '', flow = '', challenge = '' } = c.req.query();
    if (!isLabel(label) || !isFlow(flow) || !isChallenge(challenge)) return page(badAddress, c.req.method);
    const { viewer } = c.var;
    if (viewer?.via.kind !== 'session') {
      const here = `${PORT_AUTH_PATH}?${new URLSearchParams({ port: label, flow, challenge })}`;
      return seeOther(`/sign-in?${new URLSearchParams({ to: here })}`);
    }
    const { userId, via } = viewer;
    const port = await findForwardedPort(db, label);
    const member = await isMember(db, port?.teamId ?? '', userId);
    const decision = decidePortAccess(
      port,
      { kind: 'session', userId, member },
      port?.policy ?? noPolicy,
      clock.now(),
    );
    const origin = portUrl(settings, label);
    if (port === null || origin === null || decision !== 'allow') return page(noSuchPort, c.req.method);
    const code = await issueCode(db, clock, port, { userId, sessionId: via.tokenId, challenge });
    return seeOther(`${origin}${CALLBACK_PATH}?${new URLSearchParams({ code, flow })}`);
  });
}
