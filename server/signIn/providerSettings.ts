import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { may } from '../../contract/permissions.ts';
import {
  OfferedProvider,
  SignInProvider,
  SignInProviderSave,
  SignInSettings,
  SignInTest,
} from '../../contract/signInProviders.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound, refused } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { requireSession } from '../session/sessions.ts';
import { asOffered, offeredProviders } from './offered.ts';
import { accessOf, findProvider, viewProvider } from './providerRows.ts';
import { redirectUri } from './redirectUri.ts';
import { saveProvider } from './saveProvider.ts';
import { secretProblems } from './saveRules.ts';
import { testProvider } from './testProvider.ts';

const path = '/api/v1/teams/{team}/sign-in-provider';
const tags = ['Team'];
const middleware = [requires(may.manageSignIn)];

const offered = createRoute({
  method: 'get',
  path: '/api/v1/sign-in/providers',
  tags: ['Session'],
  summary: 'By which providers one can sign in',
  security: [],
  responses: { 200: json(z.object({ items: z.array(OfferedProvider) }), 'By name.') },
});

const read = createRoute({
  method: 'get',
  path,
  tags,
  summary: 'How members sign in',
  middleware,
  request: { params: TeamParams },
  responses: { 200: json(SignInSettings, 'Its revision as ETag.'), ...problems(401, 403, 404) },
});

const save = createRoute({
  method: 'put',
  path,
  tags,
  summary: 'Set up the provider, or change it',
  description:
    'Signed-in admins only, no API tokens: whoever names the provider says who gets into accounts. `If-Match` is needed ' +
    'once there is one.',
  middleware,
  request: { params: TeamParams, headers: IfMatch, body: jsonBody(SignInProviderSave) },
  responses: { 200: json(SignInProvider, 'As it is now.'), ...problems(401, 403, 404, 412, 422, 428) },
});

const remove = createRoute({
  method: 'delete',
  path,
  tags,
  summary: 'Remove the provider',
  description: 'Members sign in by password again; whoever has none needs a link from an admin.',
  middleware,
  request: { params: TeamParams, headers: IfMatch },
  responses: { 204: noContent('Removed.'), ...problems(401, 403, 404, 412, 428) },
});

const test = createRoute({
  method: 'post',
  path: `${path}/test`,
  tags,
  summary: 'Test settings before they are saved',
  description: 'Asks the provider, step by step, and stops at the first that fails. Nobody is signed in.',
  middleware,
  request: { params: TeamParams, body: jsonBody(SignInProviderSave) },
  responses: { 200: json(SignInTest, 'What was found.'), ...problems(401, 403, 404, 422) },
});

export function registerProviderSettings(app: App, deps: Deps): void {
  const { db, bus, clock, settings, secretBox } = deps;

  app.openapi(offered, async (c) => {
    const providers = await offeredProviders(db);
    return c.json({ items: providers.map(asOffered) }, 200);
  });

  app.openapi(read, async (c) => {
    const row = await findProvider(db, requireTeam(c).team.id);
    if (row) c.header('etag', etag(row.revision));
    const provider = row ? await viewProvider(db, row) : null;
    return c.json({ provider, redirectUri: redirectUri(settings) }, 200);
  });

  app.openapi(save, async (c) => {
    requireSession(c);
    const access = requireTeam(c);
    const saved = await db
      .transaction()
      .execute((trx) => saveProvider(c, deps, trx, access, c.req.valid('json')));
    bus.publish(access.team.id, ['team', 'activity']);
    c.header('etag', etag(saved.revision));
    return c.json(saved, 200);
  });

  app.openapi(remove, async (c) => {
    requireSession(c);
    const { team, viewer } = requireTeam(c);
    await db.transaction().execute(async (trx) => {
      const row = await findProvider(trx, team.id);
      if (!row) throw notFound('provider');
      await matchRevision(c, row.revision, () => viewProvider(trx, row));
      await trx.deleteFrom('sign_in_provider').where('id', '=', row.id).execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'sign-in.provider-removed',
        subject: { kind: 'sign-in-provider', id: row.id, name: row.name },
        summary: `Removed sign-in with ${row.name}.`,
      });
    });
    bus.publish(team.id, ['team', 'activity']);
    return c.body(null, 204);
  });

  app.openapi(test, async (c) => {
    requireSession(c);
    const body = c.req.valid('json');
    const stored = await findProvider(db, requireTeam(c).team.id);
    const wrong = secretProblems(body, stored);
    if (wrong.length > 0) throw refused(wrong);
    const clientSecret =
      body.clientSecret ?? (stored ? (await accessOf(secretBox, stored)).clientSecret : '');
    return c.json(await testProvider(deps, { ...body, clientSecret }), 200);
  });
}
