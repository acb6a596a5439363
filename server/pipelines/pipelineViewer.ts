import type { Kysely } from 'kysely';
import { decideTrust } from '../../contract/pipelines/trust.ts';
import { readJson } from '../db/json.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { forbidden, notFound, unauthenticated } from '../http/problem.ts';
import { findLiveToken, touchToken } from '../session/tokens.ts';
import type { PipelineCredential, Viewer } from '../session/viewer.ts';
import { identityOf, StoredScope } from './storedScope.ts';
import { pinnedIds, trustRuleOf, trustRules } from './trustRules.ts';

/** How tokens of pipelines begin. */
export const PIPELINE_TOKEN_PREFIX = 'culv_pipeline_';

/**
 * Who a pipeline's token stands for: whoever made its rule, within what the rule says now. The rule is asked anew at each
 * request, so that a token dies with it. 401, with the reason where the token itself is a good one.
 */
export async function viewerOfPipeline(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  text: string,
): Promise<Viewer & { via: PipelineCredential }> {
  const token = await findLiveToken(db, clock, 'pipeline', text);
  if (!token || token.team_id === null || token.trust_rule_id === null || token.scope === null) {
    throw dead('The pipeline’s token is not valid, or no longer.');
  }
  const row = await trustRules(db, token.team_id)
    .where('trust_rule.id', '=', token.trust_rule_id)
    .executeTakeFirst();
  const ids = row && pinnedIds(row);
  if (!ids) throw dead('The rule that this pipeline’s token came from is not in force any more.');
  const scope = readJson(StoredScope, token.scope);
  const rule = trustRuleOf(row, ids);
  const decision = decideTrust(identityOf(scope), [rule], null);
  if (!decision.ok) throw dead(`The pipeline’s token is no longer good. ${decision.refusal.message}`);
  const maker = await db
    .selectFrom('user')
    .select(['id', 'name', 'email'])
    .where('id', '=', row.created_by)
    .executeTakeFirstOrThrow();
  await touchToken(db, clock, token);
  return {
    userId: maker.id,
    name: maker.name,
    email: maker.email,
    via: {
      kind: 'pipeline',
      tokenId: token.id,
      teamId: token.team_id,
      trustRuleId: rule.id,
      issuedAt: token.created_at,
      scope: { ...scope, vpns: rule.vpns === null ? null : [...rule.vpns] },
    },
  };
}

/** Whether another rule of the team would let in the job that holds this token as well, and to this VPN. */
export async function isAdmittedToo(
  db: Kysely<Database>,
  { tokenId, teamId }: PipelineCredential,
  { ruleId, vpnId }: { ruleId: string; vpnId: string | null },
): Promise<boolean> {
  const token = await db.selectFrom('token').select('scope').where('id', '=', tokenId).executeTakeFirst();
  const row = await trustRules(db, teamId).where('trust_rule.id', '=', ruleId).executeTakeFirst();
  const ids = row && pinnedIds(row);
  if (!token || token.scope === null || !ids) return false;
  const identity = identityOf(readJson(StoredScope, token.scope));
  return decideTrust(identity, [trustRuleOf(row, ids)], vpnId).ok;
}

const dead = (why: string) => unauthenticated(why, 'token_invalid');

/** A pipeline reaches the previews of its team. 404 for another team, 403 for everything else there is. */
export function keepToPreviews(path: string, { teamId }: PipelineCredential): void {
  const [, team, below] = /^\/api\/v1\/teams\/([^/]+)(?:\/([^/]*))?/.exec(path) ?? [];
  if (team !== undefined && team !== teamId) throw notFound('team');
  if (below === 'previews') return;
  throw forbidden(
    'pipeline_scope',
    'A pipeline’s token is for the previews of its team alone. Use an API token for everything else.',
  );
}
