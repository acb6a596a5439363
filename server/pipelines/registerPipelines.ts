import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerPipelineTokens } from './createPipelineToken.ts';

/** Whom a team trusts, what pipelines get for their identity tokens, and what they did. */
export function registerPipelines(app: App, deps: Deps): void {
  registerPipelineTokens(app, deps);
}
