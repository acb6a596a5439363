import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerComeBack } from './comeBack.ts';
import { registerOwnSignIn } from './ownSignIn.ts';
import { createProviderClients } from './providerClient.ts';
import { registerProviderSettings } from './providerSettings.ts';
import { registerStartSignIn } from './startSignIn.ts';

/** Signing in with the company’s provider (OpenID Connect). */
export function registerSignInProviders(app: App, deps: Deps): void {
  const clients = createProviderClients(deps);
  registerProviderSettings(app, deps);
  registerComeBack(app, deps, clients);
  registerStartSignIn(app, deps, clients);
  registerOwnSignIn(app, deps);
}
