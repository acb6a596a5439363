import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { Team, TeamChange } from '../../contract/team.ts';
import { recordActivity } from '../activity/record.ts';
import { actorOf } from '../activity/actor.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
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
  summary: 'Rename a team',
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
    const changed = await db.transaction().execute(async (trx) => {
      const stored = await readTeam(trx, team.id);
      await matchRevision(c, stored.revision, () => stored);
      const name = change.name ?? stored.name;
      if (name === stored.name) return stored;
      await trx
        .updateTable('team')
        .set({ name, revision: stored.revision + 1 })
        .where('id', '=', team.id)
        .execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'team.renamed',
        subject: { kind: 'team', id: team.id, name },
        summary: `Renamed the team from ${stored.name} to ${name}.`,
      });
      return { ...stored, name, revision: stored.revision + 1 };
    });
    bus.publish(team.id, ['team', 'activity']);
    c.header('etag', etag(changed.revision));
    return c.json(changed, 200);
  });
}
