import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Role } from '../../contract/team.ts';
import type { Deps } from '../deps.ts';
import type { Viewer } from '../session/viewer.ts';
import type { AppEnv } from './appEnv.ts';
import { forbidden, notFound, unauthenticated } from './problem.ts';

/** Path parameters of a route below `/teams/{team}`; extend it with the route’s own. */
export const TeamParams = z.object({ team: z.string().meta({ description: 'The team’s id.' }) });

/** The viewer and the team of the request’s path, of which the viewer is a member. */
export type TeamAccess = {
  viewer: Viewer;
  team: { id: string; name: string; role: Role };
};

/**
 * Resolves `{team}` for every route below it, before anything of the request is parsed: 401 for somebody who isn’t
 * signed in, 404 for a team the viewer isn’t in, whether it exists or not.
 */
export const resolveTeam =
  (deps: Deps): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { viewer } = c.var;
    if (!viewer) throw unauthenticated();
    const teamId = c.req.param('team') ?? '';
    if (viewer.via.kind === 'api-token' && viewer.via.teamId !== teamId) throw notFound('team');
    const team = await deps.db
      .selectFrom('member')
      .innerJoin('team', 'team.id', 'member.team_id')
      .select(['team.id', 'team.name', 'member.role'])
      .where('member.team_id', '=', teamId)
      .where('member.user_id', '=', viewer.userId)
      .executeTakeFirst();
    if (!team) throw notFound('team');
    c.set('teamAccess', { viewer, team });
    await next();
  };

/** The viewer and the team of this request. With `role` 'admin', 403 for everybody else in the team. */
export function requireTeam(c: Context<AppEnv>, role?: Extract<Role, 'admin'>): TeamAccess {
  const access = c.var.teamAccess;
  if (role === 'admin' && access.team.role !== 'admin') {
    throw forbidden('admins_only', 'Only admins of the team can do this.');
  }
  return access;
}

/** For routes that only admins may use: refuses before the body is parsed. */
export const adminsOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  requireTeam(c, 'admin');
  await next();
};
