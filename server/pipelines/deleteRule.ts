import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { noContent, problems } from '../http/responses.ts';
import { IfMatch, matchRevision } from '../http/revision.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { findRule, readRule, RuleParams } from './ruleView.ts';
import { trustedWords } from './trustRules.ts';

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/trusted-repositories/{rule}',
  tags: ['Pipelines'],
  summary: 'Trust it no longer',
  description:
    'Tokens that its pipelines have are no longer good. Their previews stay until their time is up.',
  middleware: [requires(may.manageTrust)],
  request: { params: RuleParams, headers: IfMatch },
  responses: { 204: noContent('It is gone.'), ...problems(401, 403, 404, 412, 428) },
});

export function registerRuleDeletion(app: App, { db, clock, bus }: Deps): void {
  app.openapi(remove, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { rule: id } = c.req.valid('param');
    await db.transaction().execute(async (trx) => {
      const row = await findRule(trx, team.id, id);
      await matchRevision(c, row.revision, () => readRule(trx, team.id, id));
      const name = trustedWords(row);
      await trx.deleteFrom('trust_rule').where('id', '=', id).execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'trust.rule-deleted',
        subject: { kind: 'trust-rule', id, name },
        summary: `Stopped trusting pipelines of ${name}.`,
      });
    });
    bus.publish(team.id, ['trust', 'activity']);
    return c.body(null, 204);
  });
}
