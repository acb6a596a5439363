import { networkOf } from '../session/clientAddress.ts';
import { admission, type Admission } from './admission.ts';
import { CALLBACK_PATH, finishSignIn } from './callback.ts';
import { cookieNames, cookieValues, setCookieLine } from './cookies.ts';
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
import { chooseReplicas } from './replicaChoice.ts';
import { isTopLevel, requestKind } from './requestKind.ts';
import { createVisitWatch } from './visitWatch.ts';

/** Paths that the gateway keeps for itself on every port’s host; nothing below reaches an app. */
const OWN_PATHS = '/.culvert/';

type Allowed = Extract<Admission, { decision: 'allow' }>;

/** The deciding half of the port gateway, on Web standards alone. */
export function createPortGateway(deps: GatewayDeps): PortGateway {
  const { db, settings } = deps;
  const pages = createAnswers(settings);
  const watch = createVisitWatch(deps);

  return {
    async admit(request) {
      const answers = await pages;
      const response = await ownAnswer(request, answers);
      if (response !== null) return { kind: 'answer', response };
      const admitted = await admission(deps, request);
      if (admitted.decision !== 'allow') {
        return { kind: 'answer', response: await refuse(admitted, request, answers) };
      }
      return await receive(admitted, request, answers);
    },
    async refuseHost(request) {
      return (await pages).explain(noSuchPort, request);
    },
  };

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

  async function refuse(
    { decision }: Exclude<Admission, Allowed>,
    request: PortRequest,
    answers: Answers,
  ): Promise<Response> {
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

  async function receive(
    { port, credential }: Allowed,
    request: PortRequest,
    answers: Answers,
  ): Promise<PortVerdict> {
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
    const { any, replicas } = await chooseReplicas(db, port, sticky);
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
