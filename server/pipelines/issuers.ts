import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { page, PageQuery } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { providerNames } from '../../contract/pipelines/identity.ts';
import { Issuer, IssuerCreate } from '../../contract/pipelines/pipelines.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict, refused } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { requires, requireTeam, TeamParams } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { IssuerError, keysAddress } from './discovery.ts';
import { listIssuers, readIssuer } from './issuerRows.ts';

const path = '/api/v1/teams/{team}/issuers';
const tags = ['Pipelines'];

const list = createRoute({
  method: 'get',
  path,
  tags,
  middleware: [requires(may.manageTrust)],
  summary: 'Issuers of identity tokens',
  request: { params: TeamParams, query: PageQuery.omit({ search: true }) },
  responses: { 200: json(page(Issuer), 'Oldest first.'), ...problems(400, 401, 403, 404) },
});

const create = createRoute({
  method: 'post',
  path,
  tags,
  middleware: [requires(may.manageTrust)],
  summary: 'Add an issuer',
  description:
    'Its discovery document is asked for, and has to name exactly this address (422 at `url` otherwise). An issuer alone trusts ' +
    'nobody: rules do.',
  request: { params: TeamParams, body: jsonBody(IssuerCreate) },
  responses: { 201: json(Issuer, 'The issuer.'), ...problems(401, 403, 404, 409, 422) },
});

const remove = createRoute({
  method: 'delete',
  path: `${path}/{issuer}`,
  tags,
  middleware: [requires(may.manageTrust)],
  summary: 'Remove an issuer',
  description:
    'With the rules that trust repositories of it; tokens that their pipelines have are no longer good.',
  request: { params: TeamParams.extend({ issuer: z.string() }) },
  responses: { 204: noContent('It is gone.'), ...problems(401, 403, 404) },
});

export function registerIssuers(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(list, async (c) => {
    const { team } = requireTeam(c);
    return c.json(await listIssuers(db, team.id, c.req.valid('query')), 200);
  });

  app.openapi(create, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { provider, url } = c.req.valid('json');
    try {
      await keysAddress(deps.outbound, url);
    } catch (error) {
      if (!(error instanceof IssuerError)) throw error;
      throw refused([{ path: 'url', code: 'issuer_unusable', message: error.message }]);
    }
    const created = await db.transaction().execute(async (trx) => {
      const id = newId('iss');
      const now = clock.now();
      const inserted = await trx
        .insertInto('issuer')
        .values({
          id,
          team_id: team.id,
          provider,
          url,
          created_at: new Date(now).toISOString(),
          created_by: viewer.userId,
        })
        .onConflict((existing) => existing.columns(['team_id', 'url']).doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows === 0n) {
        const message = 'The team has this issuer already.';
        throw conflict('issuer_exists', message, [{ path: 'url', code: 'issuer_exists', message }]);
      }
      await recordActivity(trx, {
        teamId: team.id,
        now,
        actor: actorOf(viewer),
        action: 'trust.issuer-added',
        subject: { kind: 'issuer', id, name: url },
        summary: `Added ${url} as an issuer of tokens of ${providerNames[provider]}.`,
      });
      return await readIssuer(trx, team.id, id);
    });
    bus.publish(team.id, ['trust', 'activity']);
    return c.json(created, 201);
  });

  app.openapi(remove, async (c) => {
    const { team, viewer } = requireTeam(c);
    await db.transaction().execute(async (trx) => {
      const { id, url, rules } = await readIssuer(trx, team.id, c.req.valid('param').issuer);
      await trx.deleteFrom('issuer').where('id', '=', id).execute();
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'trust.issuer-removed',
        subject: { kind: 'issuer', id, name: url },
        summary: `Removed the issuer ${url}. Rules that went with it: ${rules}.`,
      });
    });
    bus.publish(team.id, ['trust', 'activity']);
    return c.body(null, 204);
  });
}
