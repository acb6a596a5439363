import { createRoute } from '@hono/zod-openapi';
import { page } from '../../contract/lists.ts';
import { Preview, PreviewQuery } from '../../contract/previews.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { registerPreviewChecks } from './checkPreview.ts';
import { registerPreviewDown } from './downPreview.ts';
import { registerRunEnd } from './endRun.ts';
import { PreviewParams } from './previewParams.ts';
import { listPreviews, readPreview } from './previewRows.ts';
import { registerPreviewUp } from './upPreview.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/previews',
  tags: ['Previews'],
  summary: 'The team’s previews',
  description:
    'Those that are here; a pipeline sees its own. `search` looks into repositories, changes and workspaces.',
  request: { params: TeamParams, query: PreviewQuery },
  responses: {
    200: json(page(Preview), 'A page of previews, last asked for first.'),
    ...problems(400, 401, 404),
  },
});

const getPreviewRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/previews/{preview}',
  tags: ['Previews'],
  summary: 'A preview',
  description: 'With the tunnels of its replicas. One that was removed stays for some weeks and says so.',
  request: { params: PreviewParams },
  responses: { 200: json(Preview, 'The preview.'), ...problems(401, 404) },
});

/** Workspaces that pipelines make for a change, and take down with it. */
export function registerPreviews(app: App, deps: Deps): void {
  const { db } = deps;

  app.openapi(listRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    return c.json(await listPreviews(db, team.id, viewer, c.req.valid('query')), 200);
  });

  app.openapi(getPreviewRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    return c.json(await readPreview(db, team.id, viewer, c.req.valid('param').preview), 200);
  });

  registerPreviewUp(app, deps);
  registerPreviewDown(app, deps);
  registerPreviewChecks(app, deps);
  registerRunEnd(app, deps);
}
