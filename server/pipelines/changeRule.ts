import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { TrustedRepository, TrustRuleChange } from '../../contract/pipelines/pipelines.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { refused } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { settingsProblems, tidySettings, withChange } from './ruleSettings.ts';
import { findRule, readRule, RuleParams, settingsOf } from './ruleView.ts';
import { columnsOf, requireVpns } from './storeRule.ts';
import { trustedWords } from './trustRules.ts';

const change = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}/trusted-repositories/{rule}',
  tags: ['Pipelines'],
  summary: 'Change a rule',
  description:
    'Whoever changes a rule vouches for all of it from then on, so that a change, also one of nothing, sets a stopped rule going ' +
    'again. Tokens that pipelines already have follow the rule at once.',
  middleware: [requires(may.manageTrust)],
  request: { params: RuleParams, headers: IfMatch, body: jsonBody(TrustRuleChange) },
  responses: {
    200: json(TrustedRepository, 'The rule as it is now, its revision as ETag.'),
    ...problems(401, 403, 404, 412, 422, 428),
  },
});

export function registerRuleChanges(app: App, { db, clock, bus }: Deps): void {
  app.openapi(change, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { rule: id } = c.req.valid('param');
    const typed = c.req.valid('json');
    const changed = await db.transaction().execute(async (trx) => {
      const row = await findRule(trx, team.id, id);
      await matchRevision(c, row.revision, () => readRule(trx, team.id, id));
      const settings = tidySettings(row.provider, withChange(settingsOf(row), typed));
      const wrong = settingsProblems(row.provider, settings);
      if (wrong.length > 0) throw refused(wrong);
      if (typed.vpns !== undefined) await requireVpns(trx, team.id, settings.vpns);
      const columns = columnsOf(settings, viewer);
      // Who was seen came with other names.
      const seen =
        typed.owner === undefined && typed.repository === undefined
          ? {}
          : { seen_owner: null, seen_repository: null, seen_at: null };
      await trx
        .updateTable('trust_rule')
        .set({ ...columns, ...seen, revision: row.revision + 1 })
        .where('id', '=', id)
        .execute();
      const name = trustedWords(columns);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'trust.rule-changed',
        subject: { kind: 'trust-rule', id, name },
        summary: `Changed the rule that trusts pipelines of ${name}.`,
      });
      return await readRule(trx, team.id, id);
    });
    bus.publish(team.id, ['trust', 'activity']);
    c.header('etag', etag(changed.revision));
    return c.json(changed, 200);
  });
}
