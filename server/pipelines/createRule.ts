import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { TrustedRepository, TrustRuleCreate } from '../../contract/pipelines/pipelines.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { refused } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag } from '../http/revision.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { settingsProblems, tidySettings } from './ruleSettings.ts';
import { readRule } from './ruleView.ts';
import { columnsOf, requireVpns } from './storeRule.ts';
import { trustedWords } from './trustRules.ts';

const create = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/trusted-repositories',
  tags: ['Pipelines'],
  summary: 'Trust a repository, or all of an owner',
  description:
    'Decided by ids, which never change hands. Where only names are given, the first valid token of that name says the ids, and ' +
    'an admin confirms them.',
  middleware: [requires(may.manageTrust)],
  request: { params: TeamParams, body: jsonBody(TrustRuleCreate) },
  responses: {
    201: json(TrustedRepository, 'The rule, its revision as ETag.'),
    ...problems(401, 403, 404, 422),
  },
});

export function registerRuleCreation(app: App, { db, clock, bus }: Deps): void {
  app.openapi(create, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { issuer: issuerId, ...typed } = c.req.valid('json');
    const now = clock.now();
    const created = await db.transaction().execute(async (trx) => {
      const issuer = await trx
        .selectFrom('issuer')
        .select(['id', 'provider'])
        .where('team_id', '=', team.id)
        .where('id', '=', issuerId)
        .executeTakeFirst();
      if (!issuer) {
        throw refused([{ path: 'issuer', code: 'unknown_issuer', message: 'Choose an issuer of the team.' }]);
      }
      const settings = tidySettings(issuer.provider, typed);
      const wrong = settingsProblems(issuer.provider, settings);
      if (wrong.length > 0) throw refused(wrong);
      await requireVpns(trx, team.id, settings.vpns);
      const row = {
        ...columnsOf(settings, viewer),
        id: newId('rule'),
        team_id: team.id,
        issuer_id: issuer.id,
        seen_owner: null,
        seen_repository: null,
        seen_at: null,
        created_at: new Date(now).toISOString(),
        last_used_at: null,
      };
      await trx.insertInto('trust_rule').values(row).execute();
      const name = trustedWords(row);
      await recordActivity(trx, {
        teamId: team.id,
        now,
        actor: actorOf(viewer),
        action: 'trust.rule-created',
        subject: { kind: 'trust-rule', id: row.id, name },
        summary: `Trusted pipelines of ${name}.`,
      });
      return await readRule(trx, team.id, row.id);
    });
    bus.publish(team.id, ['trust', 'activity']);
    c.header('etag', etag(created.revision));
    return c.json(created, 201);
  });
}
