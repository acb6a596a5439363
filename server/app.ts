import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { registerActivity } from './activity/registerActivity.ts';
import { registerInstall } from './agents/registerInstall.ts';
import type { Deps } from './deps.ts';
import { registerDeviceCodes } from './deviceCodes/registerDeviceCodes.ts';
import { registerDocs } from './docs/registerDocs.ts';
import { registerEvents } from './events/registerEvents.ts';
import { registerGateway } from './gateway/registerGateway.ts';
import { registerGatewayConfigs } from './gatewayLinks/registerGatewayConfigs.ts';
import { addApiHeaders } from './http/apiHeaders.ts';
import type { App, AppEnv } from './http/appEnv.ts';
import { answerError, answerNotFound } from './http/errors.ts';
import { registerHealth } from './http/health.ts';
import { limitBody, requireOwnOrigin } from './http/requestGuards.ts';
import { giveRequestId, logRequests } from './http/requestLog.ts';
import { resolveTeam } from './http/teamAccess.ts';
import { refuseInvalid } from './http/validation.ts';
import { registerPipelines } from './pipelines/registerPipelines.ts';
import { registerPorts } from './ports/registerPorts.ts';
import { registerPreviews } from './previews/registerPreviews.ts';
import { registerRollouts } from './rollouts/registerRollouts.ts';
import { identify } from './identify.ts';
import { registerSecrets } from './secrets/registerSecrets.ts';
import { registerSession } from './session/registerSession.ts';
import { registerSignInProviders } from './signIn/registerSignInProviders.ts';
import { registerTeam } from './team/registerTeam.ts';
import { registerTimeline } from './timeline/registerTimeline.ts';
import { registerVerifications } from './verifications/registerVerifications.ts';
import { registerVpns } from './vpns/registerVpns.ts';
import { registerVpnTrials } from './vpnTrials/registerVpnTrials.ts';
import { registerWorkspaces } from './workspaces/registerWorkspaces.ts';

/**
 * The whole HTTP app, on Web standards alone: `app.fetch(request, { remoteAddress })` answers in Node, in a test and in
 * a page. `outer` is run around everything, for hosts that have to see each exchange (the mock’s cookies and faults).
 */
export function createApp(deps: Deps, outer: MiddlewareHandler<AppEnv>[] = []): App {
  const app: App = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  app.onError(answerError(deps.log));
  app.notFound(answerNotFound);

  app.use(giveRequestId, ...outer, logRequests(deps), addApiHeaders);
  app.use('/api/*', requireOwnOrigin(deps.settings.publicUrl), limitBody, identify(deps));
  app.use('/port-auth', identify(deps));
  app.use('/api/v1/teams/:team/*', resolveTeam(deps));

  registerHealth(app, deps);
  registerSession(app, deps);
  registerDeviceCodes(app, deps);
  registerSignInProviders(app, deps);
  registerTeam(app, deps);
  registerActivity(app, deps);
  registerEvents(app, deps);
  registerVpns(app, deps);
  registerRollouts(app, deps);
  registerGatewayConfigs(app, deps);
  registerTimeline(app, deps);
  registerWorkspaces(app, deps);
  registerPipelines(app, deps);
  registerPorts(app, deps);
  registerPreviews(app, deps);
  registerSecrets(app, deps);
  registerVerifications(app, deps);
  registerVpnTrials(app, deps);
  registerGateway(app, deps);
  registerInstall(app, deps);
  registerDocs(app, deps);
  return app;
}
