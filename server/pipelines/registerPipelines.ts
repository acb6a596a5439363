import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { registerRuleChanges } from './changeRule.ts';
import { registerRuleConfirmation } from './confirmRule.ts';
import { registerPipelineTokens } from './createPipelineToken.ts';
import { registerRuleCreation } from './createRule.ts';
import { registerRuleDeletion } from './deleteRule.ts';
import { registerIssuers } from './issuers.ts';
import { registerRuleList } from './listRules.ts';
import { registerRunList } from './listRuns.ts';

/** Whom a team trusts, what pipelines get for their identity tokens, and what they did. */
export function registerPipelines(app: App, deps: Deps): void {
  registerIssuers(app, deps);
  registerRuleList(app, deps);
  registerRuleCreation(app, deps);
  registerRuleChanges(app, deps);
  registerRuleConfirmation(app, deps);
  registerRuleDeletion(app, deps);
  registerPipelineTokens(app, deps);
  registerRunList(app, deps);
}
