import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { may } from '../../contract/permissions.ts';
import { PreviewRunEnd } from '../../contract/previews.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { jsonBody, noContent, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { PreviewParams } from './previewParams.ts';
import { findPreview } from './previewRows.ts';
import { WITHOUT_A_WORD } from './silentRuns.ts';

const endRoute = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}/previews/{preview}/runs/{run}',
  tags: ['Previews'],
  summary: 'Say how a run ended',
  description: 'The first word counts; saying it again changes nothing.',
  request: {
    params: PreviewParams.extend({ run: z.string().meta({ description: 'As `up` answered it.' }) }),
    body: jsonBody(PreviewRunEnd),
  },
  responses: { 204: noContent('It is written down.'), ...problems(401, 403, 404, 422) },
});

export function registerRunEnd(app: App, { db, clock, bus }: Deps): void {
  app.openapi(endRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const params = c.req.valid('param');
    const { result, code, message } = c.req.valid('json');
    await db.transaction().execute(async (trx) => {
      const preview = await findPreview(trx, team.id, viewer, params.preview);
      allow(may.manageWorkspace(actor, { ownerId: preview.ownerId ?? preview.created_by ?? '' }));
      const run = await trx
        .selectFrom('pipeline_run')
        .select('id')
        .where('id', '=', params.run)
        .where('preview_id', '=', preview.id)
        .executeTakeFirst();
      if (!run) throw notFound('run');
      await trx
        .updateTable('pipeline_run')
        .set({ result, code, message, finished_at: new Date(clock.now()).toISOString() })
        .where('id', '=', run.id)
        // Also of one that was given up: it only took longer than anybody waits.
        .where((eb) => eb.or([eb('result', '=', 'running'), eb('code', '=', WITHOUT_A_WORD)]))
        .execute();
    });
    bus.publish(team.id, ['previews']);
    return c.body(null, 204);
  });
}
