import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { ResetLink } from '../../contract/team.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { forbidden } from '../http/problem.ts';
import { json, problems } from '../http/responses.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { issueLink, revokeResetLinksFor } from '../session/links.ts';
import { requireSession } from '../session/sessions.ts';
import { passwordsAreOff, requiredProvider } from '../waysIn/passwordsOff.ts';
import { MemberParams } from './memberParams.ts';
import { readMember } from './memberRows.ts';

const create = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/members/{member}/reset-link',
  tags: ['Team'],
  summary: 'Make a link that resets a member’s password',
  description: 'Replaces an earlier link for the same member. Signed-in admins only, no API tokens.',
  middleware: [requires(may.manageMembers)],
  request: { params: MemberParams },
  responses: { 201: json(ResetLink, 'The link. It can’t be read again.'), ...problems(401, 403, 404, 409) },
});

export function registerResetLinks(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(create, async (c) => {
    const { team } = requireTeam(c);
    const viewer = requireSession(c);
    const memberId = c.req.valid('param').member;
    const link = await db.transaction().execute(async (trx) => {
      const member = await readMember({ db: trx, clock }, team.id, memberId);
      if (await isBeyond(trx, memberId, viewer.userId)) {
        throw forbidden('not_allowed', `${member.name} is also in a team that you don’t administer.`);
      }
      const provider = await requiredProvider(trx, memberId);
      if (provider !== null) throw passwordsAreOff(provider);
      await revokeResetLinksFor(trx, clock, memberId);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'member.reset-link-created',
        subject: { kind: 'member', id: memberId, name: member.name },
        summary: `Made a link that resets the password of ${member.name}.`,
      });
      return await issueLink(deps, trx, 'reset', {
        userId: memberId,
        teamId: team.id,
        createdBy: viewer.userId,
      });
    });
    bus.publish(team.id, ['activity']);
    return c.json({ url: link.url, expiresAt: link.expiresAt }, 201);
  });
}

/** Whether the person is in a team that this admin doesn’t administer: with their password comes that team as well. */
async function isBeyond(trx: Deps['db'], userId: string, adminId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('member')
    .select('team_id')
    .where('user_id', '=', userId)
    .where('team_id', 'not in', (eb) =>
      eb.selectFrom('member').select('team_id').where('user_id', '=', adminId).where('role', '=', 'admin'),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
