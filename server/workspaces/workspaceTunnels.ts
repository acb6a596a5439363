import { createRoute } from '@hono/zod-openapi';
import { page, PageQuery } from '../../contract/lists.ts';
import { Tunnel } from '../../contract/tunnels.ts';
import { listTunnels } from '../agents/listTunnels.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam } from '../http/teamAccess.ts';
import { WorkspaceParams } from './workspaceRows.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/tunnels',
  tags: ['Tunnels'],
  summary: 'The tunnels of a workspace',
  description: 'One per replica and connected VPN.',
  request: { params: WorkspaceParams, query: PageQuery },
  responses: {
    200: json(page(Tunnel), 'A page of tunnels, by replica and VPN.'),
    ...problems(400, 401, 404),
  },
});

export function registerWorkspaceTunnels(app: App, { db }: Deps): void {
  app.openapi(listRoute, async (c) => {
    const workspace = await findWorkspace(db, requireTeam(c).team.id, c.req.valid('param').workspace);
    return c.json(await listTunnels(db, { workspaceId: workspace.id }, c.req.valid('query')), 200);
  });
}
