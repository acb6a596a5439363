import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { page, PageQuery } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { ApiToken, ApiTokenCreate, ApiTokenCreated, OwnApiToken } from '../../contract/team.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { requireSession } from '../session/sessions.ts';
import { issueToken, spendToken } from '../session/tokens.ts';
import { listApiTokens, listOwnApiTokens, readApiToken } from './apiTokenRows.ts';

const DAY_MS = 86_400_000;

const Paging = PageQuery.omit({ search: true });

const list = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/api-tokens',
  tags: ['API tokens'],
  summary: 'API tokens',
  description: 'Your own; an admin sees everybody’s.',
  request: {
    params: TeamParams,
    query: Paging.extend({
      member: z.string().max(100).optional().meta({ description: 'Only those that act as this member.' }),
    }),
  },
  responses: { 200: json(page(ApiToken), 'Newest first.'), ...problems(400, 401, 404) },
});

const listOwn = createRoute({
  method: 'get',
  path: '/api/v1/api-tokens',
  tags: ['Account'],
  summary: 'Your API tokens in all your teams',
  request: { query: Paging },
  responses: { 200: json(page(OwnApiToken), 'Newest first.'), ...problems(400, 401, 403) },
});

const create = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/api-tokens',
  tags: ['API tokens'],
  summary: 'Create an API token',
  description:
    'It acts as you in this team, and never beyond your role. Made by a signed-in person, not by a token.',
  middleware: [requires(may.createApiToken)],
  request: { params: TeamParams, body: jsonBody(ApiTokenCreate) },
  responses: {
    201: json(ApiTokenCreated, 'The token, which can’t be read again.'),
    ...problems(401, 403, 404, 422),
  },
});

const revoke = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/api-tokens/{apiToken}',
  tags: ['API tokens'],
  summary: 'Revoke an API token',
  description: 'Your own; an admin revokes everybody’s.',
  request: {
    params: TeamParams.extend({
      apiToken: z
        .string()
        .meta({ description: 'Its id; `current` is the one that this request is sent with.' }),
    }),
  },
  responses: { 204: noContent('Revoked; it no longer works.'), ...problems(401, 404) },
});

export function registerApiTokens(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(list, async (c) => {
    const { team, actor } = requireTeam(c);
    const { member = null, ...paging } = c.req.valid('query');
    const everybodys = actor.role === 'admin';
    // What isn’t theirs to see isn’t there for them.
    if (!everybodys && member !== null && member !== actor.userId) throw notFound('member');
    const ownerId = everybodys ? member : actor.userId;
    return c.json(await listApiTokens(db, clock, team.id, ownerId, paging), 200);
  });

  app.openapi(listOwn, async (c) =>
    c.json(await listOwnApiTokens(db, clock, requireSession(c).userId, c.req.valid('query')), 200),
  );

  app.openapi(create, async (c) => {
    const { team } = requireTeam(c);
    const viewer = requireSession(c);
    const { name, expiresInDays } = c.req.valid('json');
    const created = await db.transaction().execute(async (trx) => {
      const { id, text } = await issueToken(trx, clock, {
        kind: 'api',
        userId: viewer.userId,
        teamId: team.id,
        name,
        createdBy: viewer.userId,
        lifetimeMs: expiresInDays * DAY_MS,
      });
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'api-token.created',
        subject: { kind: 'api-token', id, name },
        summary: `Created the API token ${name}, good for ${expiresInDays} days.`,
      });
      const apiToken = await readApiToken(trx, clock, team.id, id);
      if (!apiToken) throw notFound('API token');
      return { apiToken, token: text };
    });
    bus.publish(team.id, ['team', 'activity']);
    return c.json(created, 201);
  });

  app.openapi(revoke, async (c) => {
    const { viewer, team, actor } = requireTeam(c);
    const { apiToken } = c.req.valid('param');
    const { via } = viewer;
    const id = apiToken === 'current' && via.kind === 'api-token' ? via.tokenId : apiToken;
    await db.transaction().execute(async (trx) => {
      const token = await readApiToken(trx, clock, team.id, id);
      // Somebody else’s is not even shown to a member, so it is not there.
      const theirs = token !== undefined && may.revokeApiToken(actor, { ownerId: token.owner.id }).allowed;
      if (!theirs || !(await spendToken(trx, clock, id))) throw notFound('API token');
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'api-token.revoked',
        subject: { kind: 'api-token', id, name: token.name },
        summary: `Revoked the API token ${token.name} of ${token.owner.name}.`,
      });
    });
    bus.publish(team.id, ['team', 'activity']);
    return c.body(null, 204);
  });
}
