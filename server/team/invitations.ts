import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { page, PageQuery } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { Invitation, InvitationCreate, InvitationCreated } from '../../contract/team.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Clock, Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { after, decodeCursor, pageOf, type Order } from '../http/paging.ts';
import { notFound } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { issueLink } from '../session/links.ts';
import { requireSession } from '../session/sessions.ts';
import { liveTokens, spendToken } from '../session/tokens.ts';

const middleware = [requires(may.manageMembers)];

const list = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/invitations',
  tags: ['Team'],
  summary: 'Invitations that are open',
  middleware,
  request: { params: TeamParams, query: PageQuery.omit({ search: true }) },
  responses: { 200: json(page(Invitation), 'Newest first.'), ...problems(400, 401, 403, 404) },
});

const create = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/invitations',
  tags: ['Team'],
  summary: 'Invite somebody by link',
  description: 'With `email`, the link is good for that address only. Signed-in admins only, no API tokens.',
  middleware,
  request: { params: TeamParams, body: jsonBody(InvitationCreate) },
  responses: {
    201: json(InvitationCreated, 'The invitation and its link, which can’t be read again.'),
    ...problems(401, 403, 404, 422),
  },
});

const revoke = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/invitations/{invitation}',
  tags: ['Team'],
  summary: 'Withdraw an invitation',
  middleware,
  request: { params: TeamParams.extend({ invitation: z.string() }) },
  responses: { 204: noContent('Withdrawn; the link no longer works.'), ...problems(401, 403, 404) },
});

export function registerInvitations(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(list, async (c) => {
    const { cursor, limit } = c.req.valid('query');
    const open = openInvitations(db, clock, requireTeam(c).team.id);
    const counted = await open.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const rest = cursor === undefined ? open : open.where(after(order, decodeCursor(cursor, order.length)));
    const rows = await withSender(rest)
      .orderBy('token.created_at', 'desc')
      .orderBy('token.id')
      .limit(limit + 1)
      .execute();
    const key = (row: Row) => [row.created_at, row.id];
    return c.json(pageOf(rows, { limit, total: counted.total, key, item: invitationOf }), 200);
  });

  app.openapi(create, async (c) => {
    const { team } = requireTeam(c);
    const viewer = requireSession(c);
    const { role, email } = c.req.valid('json');
    const created = await db.transaction().execute(async (trx) => {
      const createdBy = viewer.userId;
      const link = await issueLink(deps, trx, 'invitation', { teamId: team.id, role, email, createdBy });
      const whom = email ?? 'somebody by link';
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'invitation.created',
        subject: { kind: 'invitation', id: link.id, name: whom },
        summary: `Invited ${whom} as ${role === 'admin' ? 'an admin' : 'a member'}.`,
      });
      const row = await withSender(openInvitations(trx, clock, team.id))
        .where('token.id', '=', link.id)
        .executeTakeFirstOrThrow();
      return { invitation: invitationOf(row), url: link.url };
    });
    bus.publish(team.id, ['team', 'activity']);
    return c.json(created, 201);
  });

  app.openapi(revoke, async (c) => {
    const { viewer, team } = requireTeam(c);
    const { invitation: id } = c.req.valid('param');
    await db.transaction().execute(async (trx) => {
      const row = await openInvitations(trx, clock, team.id)
        .select(['token.email'])
        .where('token.id', '=', id)
        .executeTakeFirst();
      if (!row || !(await spendToken(trx, clock, id))) throw notFound('invitation');
      const whom = row.email ?? 'somebody by link';
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'invitation.withdrawn',
        subject: { kind: 'invitation', id, name: whom },
        summary: `Withdrew the invitation for ${whom}.`,
      });
    });
    bus.publish(team.id, ['team', 'activity']);
    return c.body(null, 204);
  });
}

const order: Order[] = [{ column: 'token.created_at', descending: true }, { column: 'token.id' }];

const openInvitations = (db: Kysely<Database>, clock: Clock, teamId: string) =>
  liveTokens(db, clock, 'invitation').where('token.team_id', '=', teamId);

const withSender = (query: ReturnType<typeof openInvitations>) =>
  query
    .leftJoin('user as sender', 'sender.id', 'token.created_by')
    .select([
      'token.id',
      'token.role',
      'token.email',
      'token.created_at',
      'token.expires_at',
      'sender.id as sender_id',
      'sender.name as sender_name',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof withSender>['execute']>>[number];

const invitationOf = (row: Row): Invitation => ({
  id: row.id,
  role: row.role ?? 'member',
  email: row.email,
  createdBy: row.sender_id === null ? null : { id: row.sender_id, name: row.sender_name ?? '' },
  createdAt: row.created_at,
  expiresAt: row.expires_at ?? '',
});
