import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { TrustedRepository, TrustRuleConfirm } from '../../contract/pipelines/pipelines.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag } from '../http/revision.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { findRule, readRule, RuleParams } from './ruleView.ts';
import { pinnedIds, trustedWords } from './trustRules.ts';

const confirm = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/trusted-repositories/{rule}/confirmation',
  tags: ['Pipelines'],
  summary: 'Confirm whose the typed names are',
  description:
    'With the ids that `seen` shows. From then on the rule is for these alone, whatever they are called.',
  middleware: [requires(may.manageTrust)],
  request: { params: RuleParams, body: jsonBody(TrustRuleConfirm) },
  responses: {
    200: json(TrustedRepository, 'The rule as it is now, its revision as ETag.'),
    ...problems(401, 403, 404, 409, 422),
  },
});

export function registerRuleConfirmation(app: App, { db, clock, bus }: Deps): void {
  app.openapi(confirm, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { rule: id } = c.req.valid('param');
    const { owner, repository } = c.req.valid('json');
    const confirmed = await db.transaction().execute(async (trx) => {
      const row = await findRule(trx, team.id, id);
      if (pinnedIds(row) || row.seen_owner === null) {
        throw conflict('nothing_to_confirm', 'This rule has nothing that waits to be confirmed.');
      }
      if (owner !== row.seen_owner || repository !== row.seen_repository) {
        throw conflict(
          'seen_changed',
          'Somebody else has come with these names meanwhile. Look at the ids again.',
        );
      }
      await trx
        .updateTable('trust_rule')
        .set({
          owner_id: owner,
          repository_id: repository,
          seen_owner: null,
          seen_repository: null,
          seen_at: null,
          revision: row.revision + 1,
        })
        .where('id', '=', id)
        .execute();
      const name = trustedWords(row);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'trust.rule-confirmed',
        subject: { kind: 'trust-rule', id, name },
        summary: `Confirmed ${name} as the one with the id ${repository ?? owner}.`,
      });
      return await readRule(trx, team.id, id);
    });
    bus.publish(team.id, ['trust', 'activity']);
    c.header('etag', etag(confirmed.revision));
    return c.json(confirmed, 200);
  });
}
