import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Actor, Permission } from '../../contract/permissions.ts';
import type { Deps } from '../deps.ts';
import type { Viewer } from '../session/viewer.ts';
import type { AppEnv } from './appEnv.ts';
import { forbidden, notFound, unauthenticated } from './problem.ts';

/** Path parameters of a route below `/teams/{team}`; extend it with the route’s own. */
export const TeamParams = z.object({ team: z.string().meta({ description: 'The team’s id.' }) });

/** The viewer and the team of the request’s path, of which the viewer is a member. */
export type TeamAccess = {
  viewer: Viewer;
  team: { id: string; name: string };
  /** The viewer as the table of permissions knows them. */
  actor: Actor;
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
    if (viewer.via.kind !== 'session' && viewer.via.teamId !== teamId) throw notFound('team');
    const row = await deps.db
      .selectFrom('member')
      .innerJoin('team', 'team.id', 'member.team_id')
      .select(['team.id', 'team.name', 'member.role'])
      .where('member.team_id', '=', teamId)
      .where('member.user_id', '=', viewer.userId)
      .executeTakeFirst();
    if (!row) throw notFound('team');
    const actor = { userId: viewer.userId, role: row.role };
    c.set('teamAccess', { viewer, team: { id: row.id, name: row.name }, actor });
    await next();
  };

/** The viewer and the team of this request. */
export const requireTeam = (c: Context<AppEnv>): TeamAccess => c.var.teamAccess;

/** Goes on only where the table of permissions allows it; 403 with its reason otherwise. */
export function allow(permission: Permission): void {
  if (!permission.allowed) throw forbidden('not_allowed', permission.reason);
}

/** For a route whose permission depends on the viewer alone: refuses before the body is parsed. */
export const requires =
  (permission: (actor: Actor) => Permission): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    allow(permission(requireTeam(c).actor));
    await next();
  };
