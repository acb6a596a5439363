import { createRoute } from '@hono/zod-openapi';
import { page, PageQuery } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { Member, MemberChange } from '../../contract/team.ts';
import type { Topic } from '../../contract/events.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { allow, requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { portTopics } from '../ports/announcePorts.ts';
import { startSession } from '../session/sessions.ts';
import { keepLocalAdmin } from '../waysIn/localAdmin.ts';
import { listMembers, readMember } from './memberRows.ts';
import { keepAnAdmin, lockMembers, longestAdmin, removeMember, setRole } from './membership.ts';
import { MemberParams } from './memberParams.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/members',
  tags: ['Team'],
  summary: 'Members',
  request: { params: TeamParams, query: PageQuery },
  responses: { 200: json(page(Member), 'By name.'), ...problems(400, 401, 404) },
});

const change = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}/members/{member}',
  tags: ['Team'],
  summary: 'Change a member’s role',
  description: 'Ends the sessions of a member whose role changes. The last admin stays one (409).',
  middleware: [requires(may.manageMembers)],
  request: { params: MemberParams, body: jsonBody(MemberChange) },
  responses: { 200: json(Member, 'The member as they are now.'), ...problems(401, 403, 404, 409, 422) },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/members/{member}',
  tags: ['Team'],
  summary: 'Remove a member, or leave the team',
  description:
    'What they hold in the team goes with it: API tokens, links they made, secrets of their own. Their workspaces pass to the ' +
    'admin who removes them, and their join commands admit no further replica. The last admin can’t go (409).',
  request: { params: MemberParams },
  responses: { 204: noContent('Removed.'), ...problems(401, 403, 404, 409) },
});

export function registerMembers(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(list, async (c) => {
    const { team, actor } = requireTeam(c);
    return c.json(await listMembers(deps, team.id, actor, c.req.valid('query')), 200);
  });

  app.openapi(change, async (c) => {
    const { viewer, team } = requireTeam(c);
    const { role } = c.req.valid('json');
    const memberId = c.req.valid('param').member;
    const { was, now } = await db.transaction().execute(async (trx) => {
      await lockMembers(trx, team.id);
      const member = await readMember({ db: trx, clock }, team.id, memberId);
      if (member.role === role) return { was: member, now: member };
      await keepAnAdmin(trx, team.id, member, 'made a member');
      await keepLocalAdmin(trx, team.id, member, 'made a member');
      await setRole(trx, clock, team.id, member, role);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'member.role-changed',
        subject: { kind: 'member', id: memberId, name: member.name },
        summary: `Made ${member.name} ${role === 'admin' ? 'an admin' : 'a member'}.`,
      });
      return { was: member, now: { ...member, role } };
    });
    if (now.role !== was.role) {
      // Somebody who steps down goes on with a new session in this browser; everywhere else theirs have ended.
      if (memberId === viewer.userId && viewer.via.kind === 'session') await startSession(c, deps, memberId);
      bus.publish(team.id, ['team', 'activity', 'trust']);
    }
    return c.json(now, 200);
  });

  app.openapi(remove, async (c) => {
    const { viewer, team, actor } = requireTeam(c);
    const memberId = c.req.valid('param').member;
    const leaving = memberId === viewer.userId;
    if (!leaving) allow(may.manageMembers(actor));
    const workspaceIds = await db.transaction().execute(async (trx) => {
      await lockMembers(trx, team.id);
      const member = await readMember({ db: trx, clock }, team.id, memberId);
      await keepAnAdmin(trx, team.id, member, 'removed');
      await keepLocalAdmin(trx, team.id, member, 'removed');
      const heirId = leaving ? await longestAdmin(trx, team.id, memberId) : viewer.userId;
      const passedOn = await removeMember(trx, clock, team.id, member, heirId);
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: leaving ? 'member.left' : 'member.removed',
        subject: { kind: 'member', id: memberId, name: member.name },
        summary: leaving ? 'Left the team.' : `Removed ${member.name} from the team.`,
      });
      return passedOn;
    });
    const topics: Topic[] = ['team', 'activity', 'trust'];
    if (workspaceIds.length > 0) topics.push('workspaces');
    topics.push(...workspaceIds.map((id): Topic => `workspace:${id}`), ...portTopics(workspaceIds));
    bus.publish(team.id, topics);
    return c.body(null, 204);
  });
}
