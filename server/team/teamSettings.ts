import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { Team, TeamChange } from '../../contract/team.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivities, type ActivityEntry } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { portTopics } from '../ports/announcePorts.ts';
import { enforcePolicy } from '../ports/policy.ts';
import { lockMembers } from './membership.ts';
import { readTeam } from './teams.ts';

const getTeam = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}',
  tags: ['Team'],
  summary: 'A team',
  request: { params: TeamParams },
  responses: { 200: json(Team, 'The team, its revision as ETag.'), ...problems(401, 404) },
});

const changeTeam = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}',
  tags: ['Team'],
  summary: 'Rename a team, or decide what its members may share',
  description:
    'Ports that a new port policy doesn’t allow are private at once, and whoever they let in is cut off within a second.',
  middleware: [requires(may.manageTeam)],
  request: {
    params: TeamParams,
    headers: IfMatch,
    body: jsonBody(TeamChange),
  },
  responses: { 200: json(Team, 'The team as it is now.'), ...problems(401, 403, 404, 412, 422, 428) },
});

export function registerTeamSettings(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(getTeam, async (c) => {
    const team = await readTeam(db, requireTeam(c).team.id);
    c.header('etag', etag(team.revision));
    return c.json(team, 200);
  });

  app.openapi(changeTeam, async (c) => {
    const { viewer, team } = requireTeam(c);
    const change = c.req.valid('json');
    const done = await db.transaction().execute(async (trx) => {
      await lockMembers(trx, team.id);
      const stored = await readTeam(trx, team.id);
      await matchRevision(c, stored.revision, () => stored);
      const next: Team = {
        ...stored,
        name: change.name ?? stored.name,
        portPolicy: change.portPolicy ?? stored.portPolicy,
      };
      const deeds = deedsOf(stored, next);
      if (deeds.length === 0) return { team: stored, workspaceIds: [] };
      next.revision += 1;
      await trx
        .updateTable('team')
        .set({
          name: next.name,
          allow_organization_ports: next.portPolicy.organization ? 1 : 0,
          allow_public_ports: next.portPolicy.public ? 1 : 0,
          revision: next.revision,
        })
        .where('id', '=', team.id)
        .execute();
      const subject = { kind: 'team', id: team.id, name: next.name };
      const by = { teamId: team.id, now: clock.now(), actor: actorOf(viewer), subject };
      await recordActivities(
        trx,
        deeds.map((deed) => ({ ...by, ...deed })),
      );
      const workspaceIds = await enforcePolicy(trx, team.id, next.portPolicy, clock.now());
      return { team: next, workspaceIds };
    });
    bus.publish(team.id, ['team', 'activity', 'ports', ...portTopics(done.workspaceIds)]);
    c.header('etag', etag(done.team.revision));
    return c.json(done.team, 200);
  });
}

/** What a change of the team's settings does, as its activity tells it. */
function deedsOf(before: Team, after: Team): Pick<ActivityEntry, 'action' | 'summary'>[] {
  const renamed =
    before.name === after.name
      ? []
      : [{ action: 'team.renamed', summary: `Renamed the team from ${before.name} to ${after.name}.` }];
  const sentences = [
    ...allowing(
      'ports that every member can reach',
      before.portPolicy.organization,
      after.portPolicy.organization,
    ),
    ...allowing('public ports', before.portPolicy.public, after.portPolicy.public),
  ];
  return sentences.length === 0
    ? renamed
    : [...renamed, { action: 'team.port-policy-changed', summary: sentences.join(' ') }];
}

const allowing = (what: string, before: boolean, after: boolean): string[] =>
  before === after ? [] : [`${after ? 'Allowed' : 'Forbade'} ${what}.`];
