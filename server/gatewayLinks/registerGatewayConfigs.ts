import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerGatewayConfig } from './gatewayConfig.ts';
import { registerGatewayLinks } from './gatewayLinks.ts';
import { registerSharedConfig } from './sharedConfig.ts';

/** What the gateway of a VPN has to be set to, and the links by which its admin sees that without an account. */
export function registerGatewayConfigs(app: App, deps: Deps): void {
  registerGatewayConfig(app, deps);
  registerGatewayLinks(app, deps);
  registerSharedConfig(app, deps);
}
