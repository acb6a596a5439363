import { createRoute } from '@hono/zod-openapi';
import type { SignInProblem } from '../../contract/signInProblems.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { noContent } from '../http/responses.ts';
import { startSession } from '../session/sessions.ts';
import { admit } from './admit.ts';
import { readAnswer } from './answer.ts';
import { takeFlow, type Flow } from './flows.ts';
import type { ProviderClients } from './providerClient.ts';
import { accessOf, openProvider } from './providerRows.ts';
import { CALLBACK_PATH, redirectUri } from './redirectUri.ts';
import { signInFailure } from './signInFailure.ts';

const comeBack = createRoute({
  method: 'get',
  path: CALLBACK_PATH,
  tags: ['Session'],
  summary: 'Come back from a provider',
  security: [],
  description: 'Only the provider sends people here. Its answer is good once, in the browser that began.',
  responses: { 303: noContent('On to where the person was going, or to a page that says what went wrong.') },
});

export function registerComeBack(app: App, deps: Deps, clients: ProviderClients): void {
  const { db, bus, log } = deps;

  app.openapi(comeBack, async (c) => {
    const failed = (problem: SignInProblem, flow: Flow | null) => c.redirect(problemPage(problem, flow), 303);
    const flow = await takeFlow(c, deps, c.req.query('state'));
    if (!flow) return failed('start_again', null);
    const provider = await openProvider(db, flow.provider_id).catch(() => null);
    if (!provider) return failed('provider_off', flow);

    const url = new URL(redirectUri(deps.settings) + new URL(c.req.url).search);
    let person;
    try {
      const { config, remember } = await clients.connect(await accessOf(deps.secretBox, provider));
      person = await readAnswer(config, url, flow, provider.groups_claim);
      remember();
    } catch (error) {
      return failed(signInFailure(log, provider, error), flow);
    }

    const viewerId = c.var.viewer?.userId ?? null;
    const done = await db
      .transaction()
      .execute((trx) => admit(deps, trx, { person, provider, flow, viewerId }));
    if ('problem' in done) return failed(done.problem, flow);
    if (done.announce) bus.publish(provider.team_id, ['team', 'activity']);
    // Who has linked an identity is signed in already, unless that has changed the role and ended their sessions.
    if (flow.link_user_id === null || done.roleChanged) await startSession(c, deps, done.userId);
    return c.redirect(flow.link_user_id === null ? flow.return_to : '/account?linked=yes', 303);
  });
}

/** Where a problem is said: on the account page to who was linking, else where one signs in. */
function problemPage(problem: SignInProblem, flow: Flow | null): string {
  if (flow !== null && flow.link_user_id !== null) return `/account?${new URLSearchParams({ problem })}`;
  // An account that is there can be linked once its owner is in it: so that is where signing in leads.
  const to = problem === 'email_taken' ? '/account' : (flow?.return_to ?? '/');
  return `/sign-in?${new URLSearchParams({ problem, ...(to === '/' ? {} : { to }) })}`;
}
