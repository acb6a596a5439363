import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { SignedInBrowser } from '../../contract/session.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { json, noContent, problems } from '../http/responses.ts';
import { clearSessionCookie } from './sessionCookie.ts';
import { endSession, endSessions, requireSession } from './sessions.ts';
import { liveTokens } from './tokens.ts';

const listSessions = createRoute({
  method: 'get',
  path: '/api/v1/sessions',
  tags: ['Account'],
  summary: 'Browsers you are signed in with',
  responses: {
    200: json(z.object({ items: z.array(SignedInBrowser) }), 'Newest first.'),
    ...problems(401, 403),
  },
});

const endAll = createRoute({
  method: 'delete',
  path: '/api/v1/sessions',
  tags: ['Account'],
  summary: 'Sign out everywhere',
  description: 'This browser too.',
  responses: { 204: noContent('Signed out everywhere.'), ...problems(401, 403) },
});

const endOne = createRoute({
  method: 'delete',
  path: '/api/v1/sessions/{id}',
  tags: ['Account'],
  summary: 'Sign out one browser',
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: noContent('Signed out.'), ...problems(401, 403, 404) },
});

export function registerOwnSessions(app: App, deps: Deps): void {
  const { db, clock, settings } = deps;

  app.openapi(listSessions, async (c) => {
    const viewer = requireSession(c);
    const rows = await liveTokens(db, clock, 'session')
      .selectAll()
      .where('user_id', '=', viewer.userId)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    const items = rows.map((row): SignedInBrowser => ({
      id: row.id,
      browser: row.name,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      // Whichever limit ends it first; both are text in time order.
      expiresAt: [row.expires_at ?? '', row.idle_expires_at ?? ''].filter(Boolean).toSorted()[0] ?? '',
      current: row.id === viewer.via.tokenId,
    }));
    return c.json({ items }, 200);
  });

  app.openapi(endAll, async (c) => {
    await endSessions(db, clock, requireSession(c).userId);
    clearSessionCookie(c, settings);
    return c.body(null, 204);
  });

  app.openapi(endOne, async (c) => {
    const viewer = requireSession(c);
    const { id } = c.req.valid('param');
    const row = await liveTokens(db, clock, 'session')
      .select('id')
      .where('id', '=', id)
      .where('user_id', '=', viewer.userId)
      .executeTakeFirst();
    if (!row) throw notFound('session');
    await endSession(db, clock, id);
    if (id === viewer.via.tokenId) clearSessionCookie(c, settings);
    return c.body(null, 204);
  });
}
