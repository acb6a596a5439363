import { networkOf } from '../session/clientAddress.ts';
import { admission, lookUp, whatIsShown, type Admission, type Found, type Shown } from './admission.ts';
import { CALLBACK_PATH, finishSignIn } from './callback.ts';
import { cookieNames, cookieValues, setCookieLine } from './cookies.ts';
import { createFindings } from './findings.ts';
import { beginFlow } from './flows.ts';
import { confirmVisit, needsConfirmation } from './interstitial.ts';
import { badAddress, badToken, foreignOrigin, noSuchPort, signInFirst } from './pages/accessPages.ts';
import { createAnswers, type Answers } from './pages/answers.ts';
import { failureExplanation, noReplicaExplanation } from './pages/failurePages.ts';
import { SIGN_IN_PATH, wantedPath } from './pages/signInLink.ts';
import { CONTINUE_PATH, interstitialPage } from './pages/interstitialPage.ts';
import type { GatewayDeps, PortGateway, PortRequest, PortVerdict } from './portGateway.ts';
import { seeOther } from './redirect.ts';
import { answerPreflight } from './preflight.ts';
import { PORT_AUTH_PATH } from './registerGateway.ts';
import { chooseReplicas, replicasOf, type ReplicaRows } from './replicaChoice.ts';
import { isTopLevel, requestKind } from './requestKind.ts';
import { createVisitWatch } from './visitWatch.ts';

/** Paths that the gateway keeps for itself on every port’s host; nothing below reaches an app. */
const OWN_PATHS = '/.culvert/';

type Allowed = Extract<Admission, { decision: 'allow' }> & { replicas: ReplicaRows };
type Refused = Exclude<Admission, { decision: 'allow' }>;

/** Everything of a request that its findings depend on. */
const keyOf = ({ label }: PortRequest, shown: Shown): string => JSON.stringify([label, shown]);

/** The deciding half of the port gateway, on Web standards alone. */
export function createPortGateway(deps: GatewayDeps): PortGateway {
  const { db, clock, settings } = deps;
  const pages = createAnswers(settings);
  const watch = createVisitWatch(deps);
  const findings = createFindings<{ found: Found; replicas: ReplicaRows }>(deps.databaseState);

  return {
    async admit(request) {
      const answers = await pages;
      const response = await ownAnswer(request, answers);
      if (response !== null) return { kind: 'answer', response };
      const admitted = (await letInAgain(request)) ?? (await decide(request));
      if (admitted.decision !== 'allow') {
        return { kind: 'answer', response: await refuse(admitted, request, answers) };
      }
      return receive(admitted, request, answers);
    },
    async refuseHost(request) {
      return (await pages).explain(noSuchPort, request);
    },
  };

  /**
   * Decides without looking, where what was found before still holds. That serves those who are let in alone: whoever is
   * refused must not tell by the time it takes whether somebody else is at this port.
   */
  async function letInAgain(request: PortRequest): Promise<Allowed | null> {
    const shown = whatIsShown(request, settings);
    const kept = findings.get(keyOf(request, shown));
    if (kept === undefined || clock.now() >= (kept.found.credential?.goodUntil ?? Infinity)) return null;
    const admitted = await admission(deps, request, shown, kept.found);
    return admitted.decision === 'allow' ? { ...admitted, replicas: kept.replicas } : null;
  }

  async function decide(request: PortRequest): Promise<Allowed | Refused> {
    const keep = findings.beforeLooking();
    const shown = whatIsShown(request, settings);
    const found = await lookUp(deps, request.label, shown);
    const admitted = await admission(deps, request, shown, found);
    if (admitted.decision !== 'allow') return admitted;
    const replicas = await replicasOf(db, admitted.port);
    keep(keyOf(request, shown), { found, replicas });
    return { ...admitted, replicas };
  }

  /** What the gateway answers without looking for the port. */
  async function ownAnswer(request: PortRequest, answers: Answers): Promise<Response | null> {
    const { method, target } = request;
    if (!target.startsWith('/')) {
      return method === 'OPTIONS' && target === '*' ? null : answers.explain(badAddress, request);
    }
    if (!target.startsWith(OWN_PATHS)) return null;
    const path = target.split('?')[0];
    if (path === SIGN_IN_PATH && method === 'GET') {
      return await askToSignIn(request, wantedPath(target), answers);
    }
    if (path === CALLBACK_PATH && method === 'GET') return await finishSignIn(deps, answers, request);
    if (path === CONTINUE_PATH && method === 'POST') return await confirmVisit(request, answers, settings);
    return answers.explain(noSuchPort, request);
  }

  async function refuse({ decision }: Refused, request: PortRequest, answers: Answers): Promise<Response> {
    if (decision === 'sign-in') {
      return answerPreflight(request, settings) ?? (await askToSignIn(request, request.target, answers));
    }
    const explanation = {
      'not-found': noSuchPort,
      'bad-token': badToken,
      'foreign-origin': foreignOrigin,
    }[decision];
    return answers.explain(explanation, request);
  }

  /** Begins a sign-in where somebody opens a page; each leaves a cookie for some minutes, and too many fill a header. */
  async function askToSignIn(request: PortRequest, path: string, answers: Answers): Promise<Response> {
    if (requestKind(request) !== 'navigation' || !isTopLevel(request)) {
      return answers.explain(signInFirst, request);
    }
    const { label, headers } = request;
    const { flow, challenge, cookies } = await beginFlow(headers.get('cookie'), path, settings);
    const query = new URLSearchParams({ port: label, flow, challenge });
    return seeOther(`${settings.publicUrl}${PORT_AUTH_PATH}?${query}`, cookies);
  }

  function receive(
    { port, credential, replicas: rows }: Allowed,
    request: PortRequest,
    answers: Answers,
  ): PortVerdict {
    const { headers, remoteAddress, target } = request;
    const names = cookieNames(settings);
    const owner = credential?.userId === port.ownerId;
    const context = {
      port,
      publicUrl: settings.publicUrl,
      owner,
      signIn: credential === null ? target : null,
    };
    const sticky = cookieValues(headers.get('cookie'), names.replica)[0] ?? null;
    const { any, replicas } = chooseReplicas(rows, sticky);
    if (replicas.length === 0) {
      const explanation = any
        ? failureExplanation('replica-offline', context)
        : noReplicaExplanation(context);
      return { kind: 'answer', response: answers.explain(explanation, request) };
    }
    if (credential === null && needsConfirmation(request, settings)) {
      return { kind: 'answer', response: answers.page(interstitialPage(request.target), request.method) };
    }
    return {
      kind: 'forward',
      visit: {
        portId: port.id,
        port: port.number,
        protocol: port.protocol,
        replicas,
        viewerKey:
          credential === null ? `address:${networkOf(remoteAddress ?? '')}` : `user:${credential.userId}`,
        stickTo: (replicaId) => (replicaId === sticky ? null : setCookieLine(names.replica, replicaId)),
        failure: (reason) => answers.explain(failureExplanation(reason, context), request),
        watch: (end) => watch({ portId: port.id, credential, end }),
      },
    };
  }
}
